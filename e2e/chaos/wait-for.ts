/** How often it is looked, in milliseconds. */
const LOOK = 100;

/** Waits for a state, at most so many milliseconds; whether it came. */
export const waitFor = async (is: () => boolean | Promise<boolean>, within: number): Promise<boolean> => {
  const end = Date.now() + within;
  while (!(await is())) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
  return true;
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
