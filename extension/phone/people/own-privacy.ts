import type { Privacy, PrivacyChoice } from '../../../protocol/people/privacy.ts';
import type { CommandResult } from '../../ipc/protocol.ts';
import type { Ask } from '../connection/ask.ts';
import type { Signaling } from '../connection/signaling.ts';

interface Store {
  readonly current: { privacy: Privacy | null };
  update(slices: { privacy: Privacy }): void;
}

/** Whether this person hides their address, as the server keeps it for all their devices. */
export class OwnPrivacy {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether calls may use the relay alone. */
  get relayOnly(): boolean {
    const { privacy } = this.#store.current;
    return privacy !== null && (privacy.hideAddress || privacy.relay === 'always');
  }

  /** Whether there is no relay to hide behind, so that a call would show the address that is to stay hidden. */
  get lacksRelay(): boolean {
    return this.relayOnly && this.#store.current.privacy?.relay === 'none';
  }

  /** Listens to a new connection. */
  attach(signaling: Pick<Signaling, 'on'>): void {
    signaling.on('session:ready', ({ privacy }) => {
      this.#store.update({ privacy });
    });
    signaling.on('privacy:own', (privacy) => {
      this.#store.update({ privacy });
    });
  }

  async choose(ask: Ask, choice: PrivacyChoice): Promise<CommandResult> {
    const answer = await ask('privacy:set', choice);
    if (!answer.ok) return { ok: false, code: answer.code };
    const { hideAddress, relay } = answer;
    this.#store.update({ privacy: { hideAddress, relay } });
    return { ok: true };
  }
}
