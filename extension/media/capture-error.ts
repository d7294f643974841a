import type { CaptureProblem } from '../ipc/snapshot.ts';

/** The only error that `openCapture` rejects with, but for the reason of an aborted signal. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
  readonly problem: CaptureProblem;

  constructor(problem: CaptureProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}
