/** How long a state may take, in milliseconds. Long, because a busy machine is no failure. */
const WITHIN = 20_000;

/**
 * Waits, by polling, for a state that no event announces.
 * @param within milliseconds.
 * @throws Error when it takes longer
 */
export const until = async (
  what: string,
  is: () => boolean | Promise<boolean>,
  within = WITHIN,
): Promise<void> => {
  const end = Date.now() + within;
  while (!(await is())) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
