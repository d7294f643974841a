import { LIMITS } from '../../protocol/limits.ts';
import { Refused } from '../refused.ts';
import type { ContactStore } from './contact-store.ts';
import type { RequestStore } from './request-store.ts';
import type { Pair } from './contact-changes.ts';

/**
 * Makes two people contacts; what they asked of one another is answered by it.
 * In its turn, see `ContactChanges`.
 * @throws Refused `too-large` when one of the two has as many contacts as there may be
 */
export type MakeContacts = (pair: Pair) => Promise<void>;

export const createMakeContacts =
  ({
    contacts,
    requests,
  }: {
    contacts: Pick<ContactStore, 'add' | 'count'>;
    requests: Pick<RequestStore, 'settle'>;
  }): MakeContacts =>
  async ({ me, other }) => {
    for (const { userId } of [me, other]) {
      if ((await contacts.count(userId)) >= LIMITS.contacts) throw new Refused('too-large');
    }
    await contacts.add(me.userId, other.userId);
    await requests.settle(me.userId, other.username);
    await requests.settle(other.userId, me.username);
  };
