import type { CodeRef, MadeCode } from '../../protocol/people/contacts.ts';
import type { Ack } from '../../protocol/events.ts';
import { LIMITS, TIMES } from '../../protocol/limits.ts';
import type { Person } from '../../protocol/presence/presence.ts';
import { hashToken } from '../account/tokens.ts';
import type { Sender } from '../sender.ts';
import type { Clock } from '../clock.ts';
import { Refused } from '../refused.ts';
import type { BlockStore } from './block-store.ts';
import type { ProfileStore } from './profile-store.ts';
import type { ContactCodeStore } from './contact-code-store.ts';
import type { ContactStore } from './contact-store.ts';
import { makeContactCode } from './contact-code.ts';
import type { ContactChanges } from './contact-changes.ts';
import type { MakeContacts } from './make-contacts.ts';
import type { PendingList } from './pending.ts';

interface ContactCodesDeps {
  codes: ContactCodeStore;
  contacts: Pick<ContactStore, 'has'>;
  blocks: Pick<BlockStore, 'isBlocked'>;
  profiles: Pick<ProfileStore, 'listed'>;
  changes: Pick<ContactChanges, 'between'>;
  makeContacts: MakeContacts;
  pending: Pick<PendingList, 'tell'>;
  clock: Clock;
}

interface ContactCodes {
  readonly 'contact:make-code': (from: Sender) => Promise<Ack<MadeCode>>;
  readonly 'contact:revoke-code': (from: Sender) => Promise<Ack<object>>;
  readonly 'contact:redeem': (from: Sender, what: CodeRef) => Promise<Ack<Person>>;
}

/**
 * Handles personal invite codes. Giving a code out is consent: its owner and
 * the person who redeems it are contacts at once. For somebody who is blocked a
 * code works as for anybody, and leads to a contact who is always offline.
 */
export const createContactCodes = (deps: ContactCodesDeps): ContactCodes => {
  const { codes, contacts, blocks, profiles, changes, makeContacts, pending, clock } = deps;
  return {
    async 'contact:make-code'({ userId }) {
      const code = makeContactCode();
      const state = { expiresAt: clock.now() + TIMES.contactCode, uses: LIMITS.contactCodeUses };
      await codes.put({ ownerId: userId, codeHash: hashToken(code), ...state });
      await pending.tell(userId);
      return { ok: true, code, ...state };
    },
    async 'contact:revoke-code'({ userId }) {
      await codes.remove(userId);
      await pending.tell(userId);
      return { ok: true };
    },
    async 'contact:redeem'({ userId }, { code }) {
      const codeHash = hashToken(code);
      const known = await codes.byHash(codeHash, clock.now());
      if (!known) throw new Refused('not-found');
      const owner = await changes.between(userId, known.ownerId, async (pair) => {
        // Their own block, which they know of: first they would have to take it back.
        if (await blocks.isBlocked(userId, known.ownerId)) throw new Refused('not-allowed');
        // As the person who redeems it sees them: they may be blocked.
        const other = (await profiles.listed(userId, known.ownerId))?.person ?? pair.other;
        if (await contacts.has(userId, known.ownerId)) return other;
        if (!(await codes.use(codeHash, clock.now()))) throw new Refused('not-found');
        await makeContacts(pair);
        return other;
      });
      await Promise.all([pending.tell(userId), pending.tell(known.ownerId)]);
      return { ok: true, ...owner };
    },
  };
};
