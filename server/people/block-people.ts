import type { PersonRef } from '../../protocol/people/contacts.ts';
import type { Ack } from '../../protocol/events.ts';
import type { UserId } from '../../protocol/ids.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { NO_MARKS } from '../../protocol/people/marks.ts';
import type { Person } from '../../protocol/presence/presence.ts';
import type { Sender } from '../sender.ts';
import type { Emitter } from '../emitter.ts';
import type { Clock } from '../clock.ts';
import { Refused } from '../refused.ts';
import type { BlockStore } from './block-store.ts';
import type { MarkStore } from './mark-store.ts';
import type { RequestStore } from './request-store.ts';
import type { ProfileStore } from './profile-store.ts';
import type { ContactChanges } from './contact-changes.ts';
import type { PendingList } from './pending.ts';

interface BlockPeopleDeps {
  blocks: Pick<BlockStore, 'block' | 'unblock' | 'isBlocked' | 'blockedBy'>;
  changes: Pick<ContactChanges, 'between'>;
  visibility: { freeze(one: UserId, other: UserId): Promise<void> };
  /** As the one who blocks is shown the other. */
  profiles: Pick<ProfileStore, 'listed'>;
  announcer: Pick<Emitter, 'toPerson'>;
  marks: Pick<MarkStore, 'mark'>;
  /** A block hides requests, and takes back one's own; a block that is taken back shows them again. */
  requests: Pick<RequestStore, 'has' | 'withdraw'>;
  pending: Pick<PendingList, 'tell'>;
  calls: { separated(by: UserId, other: UserId, how: 'blocked'): Promise<void> };
  clock: Clock;
}

interface BlockPeople {
  readonly 'contact:block': (from: Sender, who: PersonRef) => Promise<Ack<object>>;
  readonly 'contact:unblock': (from: Sender, who: PersonRef) => Promise<Ack<object>>;
}

/** Handles `contact:block` and `contact:unblock`; the person's devices hear of it, the other's never. */
export const createBlockPeople = ({
  blocks,
  marks,
  changes,
  visibility,
  profiles,
  announcer,
  requests,
  pending,
  calls,
  clock,
}: BlockPeopleDeps): BlockPeople => {
  /** Only whom a request is taken back from hears something: a request that is gone, as from anybody. */
  const takeBack = async (userId: UserId, from: Person): Promise<void> => {
    if (!(await requests.has(userId, from.username))) return;
    await requests.withdraw(userId, from.username, clock.now());
    await pending.tell(from.userId);
  };
  return {
    async 'contact:block'({ userId }, { userId: other }) {
      const blocked = await changes.between(userId, other, async (pair, { mine, theirs }) => {
        if (await blocks.isBlocked(userId, other)) return null;
        if ((await blocks.blockedBy(userId)).length >= LIMITS.blocked) throw new Refused('too-large');
        // A block changes nothing that strangers see of each other; what is frozen of former contacts stays.
        if (mine !== 'none' || theirs !== 'none') await visibility.freeze(userId, other);
        await blocks.block(userId, other);
        await marks.mark(userId, other, NO_MARKS);
        const { picture: _unseen, ...person } = (await profiles.listed(userId, other))?.person ?? pair.other;
        return person;
      });
      if (blocked) {
        announcer.toPerson(userId, 'contact:blocked', blocked);
        await calls.separated(userId, other, 'blocked');
        await takeBack(userId, blocked);
        await pending.tell(userId);
      }
      return { ok: true };
    },
    async 'contact:unblock'({ userId }, { userId: other }) {
      const unblocked = await changes.between(userId, other, async () => {
        if (!(await blocks.isBlocked(userId, other))) return false;
        await blocks.unblock(userId, other);
        return true;
      });
      if (unblocked) {
        announcer.toPerson(userId, 'contact:unblocked', { userId: other });
        await pending.tell(userId);
      }
      return { ok: true };
    },
  };
};
