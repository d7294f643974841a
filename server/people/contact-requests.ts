import type { Logger } from 'pino';
import type { PersonRef, UsernameRef } from '../../protocol/people/contacts.ts';
import type { Ack } from '../../protocol/events.ts';
import type { UserId } from '../../protocol/ids.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Sender } from '../sender.ts';
import type { Clock } from '../clock.ts';
import { Refused } from '../refused.ts';
import type { AccountStore } from '../account/account-store.ts';
import type { BlockStore } from './block-store.ts';
import type { ContactStore } from './contact-store.ts';
import type { RequestStore } from './request-store.ts';
import type { ContactChanges, Pair } from './contact-changes.ts';
import type { MakeContacts } from './make-contacts.ts';
import type { PendingList } from './pending.ts';

interface ContactRequestsDeps {
  accounts: Pick<AccountStore, 'byId' | 'byUsername'>;
  contacts: Pick<ContactStore, 'has' | 'hasNamed'>;
  blocks: Pick<BlockStore, 'isBlocked'>;
  requests: RequestStore;
  changes: Pick<ContactChanges, 'between' | 'alone'>;
  makeContacts: MakeContacts;
  pending: Pick<PendingList, 'tell'>;
  clock: Clock;
  log: Logger;
}

interface ContactRequests {
  readonly 'contact:request': (from: Sender, who: UsernameRef) => Promise<Ack<object>>;
  readonly 'contact:cancel': (from: Sender, who: UsernameRef) => Promise<Ack<object>>;
  readonly 'contact:accept': (from: Sender, who: PersonRef) => Promise<Ack<object>>;
  readonly 'contact:decline': (from: Sender, who: PersonRef) => Promise<Ack<object>>;
}

const DONE = { ok: true } as const;

/**
 * Handles requests to become contacts. What the sender is answered and shown
 * depends on their own side alone: whether anybody has the name, has declined
 * or has blocked them is looked at only after the answer is on its way.
 */
export const createContactRequests = (deps: ContactRequestsDeps): ContactRequests => {
  const { accounts, contacts, blocks, requests, changes, makeContacts, pending } = deps;

  /** Two who have asked for one another are contacts; else whom it is for is told. */
  const arrive = async (from: UserId, username: string): Promise<void> => {
    const account = await accounts.byUsername(username);
    if (!account || account.userId === from) return;
    const agreed = await changes.between(from, account.userId, async ({ me, other }: Pair) => {
      const both = (await requests.has(from, username)) && (await requests.has(other.userId, me.username));
      if (!both || (await blocks.isBlocked(from, other.userId))) return false;
      await makeContacts({ me, other });
      return true;
    });
    await pending.tell(account.userId);
    if (agreed) await pending.tell(from);
  };
  // After the answer: this takes longer where the name exists.
  const deliver = (from: UserId, username: string): void => {
    setImmediate(() => {
      arrive(from, username).catch((error: unknown) => {
        deps.log.error({ err: error }, 'a contact request was not delivered');
      });
    });
  };

  return {
    async 'contact:request'({ userId }, { username }) {
      const me = await accounts.byId(userId);
      if (me?.username === username) throw new Refused('not-allowed');
      await changes.alone(userId, async () => {
        if (await contacts.hasNamed(userId, username)) return;
        const outgoing = await requests.by(userId);
        if (outgoing.some((request) => request.username === username)) return;
        if (outgoing.length >= LIMITS.requests) throw new Refused('too-large');
        await requests.ask(userId, username, deps.clock.now());
      });
      await pending.tell(userId);
      deliver(userId, username);
      return DONE;
    },
    async 'contact:cancel'({ userId }, { username }) {
      const had = await changes.alone(userId, async () => {
        const there = await requests.has(userId, username);
        await requests.withdraw(userId, username, deps.clock.now());
        return there;
      });
      await pending.tell(userId);
      // A person who was never asked is told nothing.
      if (had) deliver(userId, username);
      return DONE;
    },
    async 'contact:accept'({ userId }, { userId: other }) {
      await changes.between(userId, other, async (pair) => {
        if (await contacts.has(userId, other)) return;
        if (!(await requests.has(other, pair.me.username))) throw new Refused('not-found');
        await makeContacts(pair);
      });
      await Promise.all([pending.tell(userId), pending.tell(other)]);
      return DONE;
    },
    async 'contact:decline'({ userId }, { userId: other }) {
      await changes.between(userId, other, ({ me }) => requests.decline(other, me.username));
      await pending.tell(userId);
      return DONE;
    },
  };
};
