import type { Pending } from '../../protocol/contacts.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Contact, Person } from '../../protocol/presence.ts';
import type { Directory } from '../contacts/directory.ts';
import type { PendingList } from '../contacts/pending.ts';
import { NOT_THERE } from '../presence/presence.ts';
import type { BlockStore } from '../store/block-store.ts';
import { createRoomNames } from './room-names.ts';
import { missRoom } from './rooms.ts';
import type { Sight } from './sight.ts';
import type { PhoneSocket } from './typed-io.ts';

/** A person's list as a phone that connects is told of it. */
export interface OpenedList {
  readonly blocked: Person[];
  readonly pending: Pending;
  /** Everybody in it. */
  readonly people: readonly Person[];
  /** With presence as it is when asked. */
  contacts(): Promise<Contact[]>;
  /** False when somebody came, went or blocked since the list was read. */
  isCurrent(): Promise<boolean>;
}

/** Reads the list of a phone's person, and joins the phone to the rooms of those it may see. */
export type OpenList = (socket: Pick<PhoneSocket, 'data' | 'join'>) => Promise<OpenedList>;

interface OpenListDeps {
  directory: Pick<Directory, 'contactsOf'>;
  blocks: Pick<BlockStore, 'blockedBy'>;
  pending: Pick<PendingList, 'of'>;
  sight: Pick<Sight, 'seen' | 'changes'>;
  /** See `FanOut.settled`. */
  settled: () => Promise<void>;
}

/** A list that changes while it is read is read again: a room must not be joined by what was true a moment ago. */
export const createOpenList = ({ directory, blocks, pending, sight, settled }: OpenListDeps): OpenList => {
  const read = async (userId: UserId) => ({
    listed: await directory.contactsOf(userId),
    blocked: await blocks.blockedBy(userId),
    pending: await pending.of(userId),
  });
  const nameOf = createRoomNames();
  return async (socket) => {
    const { userId } = socket.data.phone;
    let changes: number;
    let list: Awaited<ReturnType<typeof read>>;
    do {
      changes = await sight.changes(userId);
      list = await read(userId);
    } while ((await sight.changes(userId)) !== changes);
    const { listed, blocked } = list;
    await socket.join(
      listed.map(({ person, blocks: isBlocker }) =>
        isBlocker ? missRoom(person.userId) : nameOf(person.userId),
      ),
    );
    // What changes from here on is heard; what changed before is read.
    await settled();
    return {
      blocked,
      pending: list.pending,
      people: listed.map(({ person }) => person),
      async contacts() {
        const seen = await sight.seen(userId, listed);
        return listed.map(({ person }) => ({ ...person, ...(seen.get(person.userId) ?? NOT_THERE) }));
      },
      isCurrent: async () => (await sight.changes(userId)) === changes,
    };
  };
};
