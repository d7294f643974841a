import type { Session } from '../../ipc/snapshot.ts';

/** The steps of a first start, in their order. */
export const STEPS = ['server', 'account', 'devices', 'done'] as const;
export type Step = (typeof STEPS)[number];

/** The current step of the first start. It skips steps that are already done. */
export class WelcomeFlow {
  #serverFound = $state(false);
  #devicesDone = $state(false);
  readonly #session: () => Session;

  constructor(session: () => Session) {
    this.#session = session;
  }

  /** Null until the phone has said whether somebody is signed in. */
  get step(): Step | null {
    switch (this.#session().kind) {
      case 'starting':
        return null;
      case 'signed-out':
        return this.#serverFound ? 'account' : 'server';
      case 'signed-in':
        return this.#devicesDone ? 'done' : 'devices';
    }
  }

  serverFound(found: boolean): void {
    this.#serverFound = found;
  }

  devicesDone(done: boolean): void {
    this.#devicesDone = done;
  }
}
