/** Milliseconds between two checks, which grow with the wait, because each check keeps the browser busy. */
const WAITS = { first: 25, longest: 100 } as const;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Options {
  /** The awaited state, in words for the error. */
  what: string;
  timeout?: number;
}

/** Asks again until the answer is neither null, undefined nor false. For states that no locator shows. */
export const until = async <T>(
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  { what, timeout = 10_000 }: Options,
): Promise<T> => {
  const end = performance.now() + timeout;
  for (let wait: number = WAITS.first; ; wait = Math.min(wait * 1.3, WAITS.longest)) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`Waited ${String(timeout)} ms in vain for: ${what}`);
    await pause(wait);
  }
};
