/**
 * Why a peer could not do what it was asked. `closed`: it was closed meanwhile. `wrong-state`: that step is not
 * possible at this stage. `refused`: the browser refuses the session description.
 */
export type PeerProblem = 'closed' | 'wrong-state' | 'refused';

/** The only error that a `Peer` rejects with. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
  readonly problem: PeerProblem;

  constructor(problem: PeerProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}
