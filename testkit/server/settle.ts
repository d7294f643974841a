/** With Redis in between, what is on its way takes longer, most of all on a busy machine; milliseconds. */
const LONG_ENOUGH = process.env['QUICK_CALL_TEST_REDIS'] === undefined ? 60 : 250;

/** Waits long enough for everything on its way to arrive. Use it only to check that nothing does. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LONG_ENOUGH));
