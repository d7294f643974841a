/** Jobs that must not run at once, of all that many processes do. */
export interface OneAtATime {
  /**
   * Runs `job` when no other job with one of these names runs.
   * @throws Refused `overloaded` when too many wait for one of them
   */
  run<T>(names: readonly string[], job: () => Promise<T>): Promise<T>;
}
