import type { PersonRef } from '../../protocol/people/contacts.ts';
import type { Ack } from '../../protocol/events.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Sender } from '../sender.ts';
import type { ContactStore } from './contact-store.ts';
import type { MarkStore } from './mark-store.ts';
import type { ContactChanges } from './contact-changes.ts';

interface RemoveContactDeps {
  contacts: Pick<ContactStore, 'remove'>;
  marks: Pick<MarkStore, 'forgetBetween'>;
  changes: Pick<ContactChanges, 'between'>;
  visibility: { freeze(one: UserId, other: UserId): Promise<void> };
  calls: { separated(by: UserId, other: UserId, how: 'removed'): Promise<void> };
}

/** Handles `contact:remove`: neither is in the other's list any more. */
export const createRemoveContact =
  ({ contacts, marks, changes, visibility, calls }: RemoveContactDeps) =>
  async ({ userId }: Sender, { userId: other }: PersonRef): Promise<Ack<object>> => {
    await changes.between(userId, other, async () => {
      await visibility.freeze(userId, other);
      await contacts.remove(userId, other);
      await marks.forgetBetween(userId, other);
    });
    await calls.separated(userId, other, 'removed');
    return { ok: true };
  };
