import * as z from 'zod';
import { errorCodeSchema } from '../../../protocol/errors.ts';
import { messageIdSchema, userIdSchema, type UserId } from '../../../protocol/ids.ts';
import { messageTextSchema } from '../../../protocol/chat/message.ts';
import type { KeyValueStore } from '../../host/key-value-store.ts';

const unsentSchema = z.object({
  id: messageIdSchema,
  to: userIdSchema,
  text: messageTextSchema,
  /** When it was written, in epoch milliseconds. */
  at: z.number(),
  problem: errorCodeSchema.nullable(),
});

/** A message that the server has not taken yet, and for whom it is. */
export type StoredUnsent = z.infer<typeof unsentSchema>;

const storedSchema = z.object({
  /** Whose these are: nobody else who signs in here sends or sees them. */
  owner: userIdSchema,
  unsent: z.array(unsentSchema),
  drafts: z.record(userIdSchema, z.string()),
});

/** What must survive the closing of the browser: messages that the server has not taken, and what was typed. */
export type StoredMessages = z.infer<typeof storedSchema>;

type Store = Pick<KeyValueStore, 'get' | 'set' | 'delete'>;

const KEY = 'messages';

/** Null where nothing of this person's is kept, or nothing that can be read. */
export const loadMessages = async (store: Store, owner: UserId): Promise<StoredMessages | null> => {
  const { data } = storedSchema.safeParse(await store.get(KEY));
  return data?.owner === owner ? data : null;
};

export const saveMessages = (store: Store, messages: StoredMessages): Promise<void> =>
  store.set(KEY, messages);

export const forgetMessages = (store: Store): Promise<void> => store.delete(KEY);
