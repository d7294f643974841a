import type { Pending } from '../../../protocol/people/contacts.ts';
import type { UserId } from '../../../protocol/ids.ts';
import type { Contact, Person } from '../../../protocol/presence/presence.ts';
import type { ContactChanges } from '../../people/contact-changes.ts';
import type { Directory } from '../../people/directory.ts';
import type { PendingList } from '../../people/pending.ts';
import { NOT_THERE } from '../../presence/presence.ts';
import type { BlockStore } from '../../people/block-store.ts';
import { createRoomNames } from './room-names.ts';
import { isListRoom, missRoom } from './rooms.ts';
import type { Visibility } from './visibility.ts';
import type { PhoneSocket } from './typed-io.ts';

/** A person's list as a phone is told of it when it connects. */
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

type ListSocket = Pick<PhoneSocket, 'data' | 'join' | 'leave' | 'rooms' | 'emit'>;

/** Something prepared about a list, to be told if the list is still current then. */
interface Prepared {
  tell(): void;
}

/** People's lists, for phones that connect. */
export interface Lists {
  /** Reads the list of a phone's person, and joins the phone to the rooms of those it may see. */
  open(socket: ListSocket): Promise<OpenedList>;
  /**
   * Lets something be told about a list that has not changed while it was prepared: about this list or, whenever it
   * has changed, about one that is read anew.
   * @param prepare may be called several times; `tell` once, at the end
   */
  tellCurrent<T extends Prepared>(
    socket: ListSocket,
    list: OpenedList,
    prepare: (list: OpenedList) => Promise<T>,
  ): Promise<T>;
}

interface ListsDeps {
  directory: Pick<Directory, 'contactsOf'>;
  blocks: Pick<BlockStore, 'blockedBy'>;
  pending: Pick<PendingList, 'of'>;
  visibility: Pick<Visibility, 'seen' | 'changes'>;
  /** While it runs, nothing changes what the person is to anybody. */
  changes: Pick<ContactChanges, 'alone'>;
  /** See `FanOut.settled`. */
  settled: () => Promise<void>;
}

/** How often a list that changes meanwhile is read before its changes have to wait. */
const MOST_READS = 4;

/**
 * A list that changes while it is read is read again, because rooms must not be joined by an outdated list. Others
 * can change it without end, so after a few times it is read while its changes wait.
 */
export const createLists = (deps: ListsDeps): Lists => {
  const { directory, blocks, pending, visibility, changes, settled } = deps;
  const nameOf = createRoomNames();

  const read = async (userId: UserId) => ({
    changes: await visibility.changes(userId),
    listed: await directory.contactsOf(userId),
    blocked: await blocks.blockedBy(userId),
    pending: await pending.of(userId),
  });

  const enter = async (socket: ListSocket, list: Awaited<ReturnType<typeof read>>): Promise<OpenedList> => {
    const { userId } = socket.data.phone;
    const { listed } = list;
    const rooms = new Set(
      listed.map(({ person, blocks: isBlocker }) =>
        isBlocker ? missRoom(person.userId) : nameOf(person.userId),
      ),
    );
    // Rooms from an earlier reading of the list, which has changed since.
    for (const room of socket.rooms) {
      if (isListRoom(room) && !rooms.has(room)) await socket.leave(room);
    }
    await socket.join([...rooms]);
    // Later changes arrive as events; earlier ones are in what is read.
    await settled();
    return {
      blocked: list.blocked,
      pending: list.pending,
      people: listed.map(({ person }) => person),
      async contacts() {
        const seen = await visibility.seen(userId, listed);
        return listed.map(({ person }) => ({ ...person, ...(seen.get(person.userId) ?? NOT_THERE) }));
      },
      isCurrent: async () => (await visibility.changes(userId)) === list.changes,
    };
  };

  const openOnce = async (socket: ListSocket): Promise<OpenedList | null> => {
    const { userId } = socket.data.phone;
    const list = await read(userId);
    return (await visibility.changes(userId)) === list.changes ? enter(socket, list) : null;
  };

  const inTurn = <T>(socket: ListSocket, use: (list: OpenedList) => Promise<T>): Promise<T> => {
    const { userId } = socket.data.phone;
    return changes.alone(userId, async () => use(await enter(socket, await read(userId))));
  };

  return {
    async open(socket) {
      for (let reads = 0; reads < MOST_READS; reads += 1) {
        const list = await openOnce(socket);
        if (list) return list;
      }
      return inTurn(socket, (list) => Promise.resolve(list));
    },
    async tellCurrent(socket, opened, prepare) {
      let list = (await opened.isCurrent()) ? opened : null;
      for (let reads = 0; reads < MOST_READS; reads += 1) {
        list ??= await openOnce(socket);
        const prepared = list && (await prepare(list));
        if (prepared && (await list?.isCurrent())) {
          prepared.tell();
          return prepared;
        }
        list = null;
      }
      return inTurn(socket, async (last) => {
        const prepared = await prepare(last);
        prepared.tell();
        // Requests and codes change also in others' turns, and may have been told before.
        if (!(await last.isCurrent())) {
          socket.emit('contact:pending', await pending.of(socket.data.phone.userId));
        }
        return prepared;
      });
    },
  };
};
