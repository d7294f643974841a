/** Why a picture is unavailable: the phone refused or is gone, or there is no such loopback offer. */
export type StreamProblem = 'refused' | 'unknown-offer';

/** The only error of this folder, except the reason of an aborted signal. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  readonly problem: StreamProblem;

  constructor(problem: StreamProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}
