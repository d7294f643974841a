/** Milliseconds. Longer with Redis, where messages take longer to arrive, most of all on a busy machine. */
const LONG_ENOUGH = process.env['QUICK_CALL_TEST_REDIS'] === undefined ? 60 : 250;

/** Waits long enough for all messages in transit to arrive. Use it only to check that none does. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LONG_ENOUGH));
