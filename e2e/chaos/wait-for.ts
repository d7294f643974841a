/** The interval between checks, in milliseconds. */
const LOOK = 100;

/** Waits for a state, up to a limit in milliseconds. Resolves to whether it was reached. */
export const waitFor = async (is: () => boolean | Promise<boolean>, within: number): Promise<boolean> => {
  const end = Date.now() + within;
  while (!(await is())) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
  return true;
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
