import { refuse, type Ack } from '../../protocol/events.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Privacy, PrivacyChoice } from '../../protocol/people/privacy.ts';
import type { Sender } from '../sender.ts';
import type { Emitter } from '../emitter.ts';
import type { Config } from '../config.ts';
import type { PrivacyStore } from './privacy-store.ts';

/** Which people hide their addresses from those they talk to. */
export interface OwnPrivacy {
  readonly set: (from: Sender, choice: PrivacyChoice) => Promise<Ack<Privacy>>;
  readonly of: (userId: UserId) => Promise<Privacy>;
}

interface PrivacyDeps {
  store: PrivacyStore;
  announcer: Pick<Emitter, 'toPerson'>;
  config: Pick<Config, 'turn' | 'hideAddresses'>;
}

/** A person's choice holds on all their devices, which carry it out: the server only keeps and tells it. */
export const createPrivacy = ({ store, announcer, config }: PrivacyDeps): OwnPrivacy => {
  const relay = config.turn === null ? 'none' : config.hideAddresses === 'always' ? 'always' : 'available';
  return {
    async set({ userId, instanceId }, { hideAddress }) {
      // It could not be honoured; a choice from when there was a relay stays, and can be undone.
      if (hideAddress && relay === 'none') return refuse('not-allowed');
      await store.hideAddress(userId, hideAddress);
      const privacy = { hideAddress, relay } as const;
      announcer.toPerson(userId, 'privacy:own', privacy, [instanceId]);
      return { ok: true, ...privacy };
    },
    of: async (userId) => ({ hideAddress: await store.hidesAddress(userId), relay }),
  };
};
