/** One at a time, of all that many processes do. */
export interface OneAtATime {
  /**
   * Runs `job` when nothing else that was handed in runs.
   * @throws Refused `overloaded` when too many wait
   */
  run<T>(job: () => Promise<T>): Promise<T>;
}
