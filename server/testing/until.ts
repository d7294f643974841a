/** How long a state may take, in milliseconds. Long, because a busy machine is no failure. */
const WITHIN = 20_000;

/**
 * Waits for a state that nothing tells of.
 * @throws Error after 20 seconds
 */
export const until = async (what: string, is: () => boolean | Promise<boolean>): Promise<void> => {
  const end = Date.now() + WITHIN;
  while (!(await is())) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
