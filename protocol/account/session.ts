import * as z from 'zod';
import { ownAccountSchema } from './account.ts';
import { callQueueSchema, elsewhereSchema, iceServersSchema, incomingSchema } from '../calls/call.ts';
import { marksSchema } from '../people/marks.ts';
import { unreadListSchema } from '../chat/message.ts';
import { missedSchema } from '../history/history.ts';
import { contactSchema, ownPresenceSchema } from '../presence/presence.ts';
import { privacySchema } from '../people/privacy.ts';
import { blockedSchema, directoryModeSchema, pendingSchema } from '../people/contacts.ts';
import { userIdSchema } from '../ids.ts';

/** A contact in the person's own list. */
export const listedContactSchema = z.strictObject({ ...contactSchema.shape, ...marksSchema.shape });
export type ListedContact = z.infer<typeof listedContactSchema>;

/**
 * Follows the server's time on every connection. It contains everything that a phone shows, so that the phone need not
 * remember anything across connections.
 */
export const readySchema = z.strictObject({
  account: ownAccountSchema,
  presence: ownPresenceSchema,
  privacy: privacySchema,
  contacts: z.array(listedContactSchema),
  directory: directoryModeSchema,
  pending: pendingSchema,
  /** The people whom this person has blocked, by display name; nobody else ever learns of this. */
  blocked: z.array(blockedSchema),
  /**
   * The calls that ring for this person now and are shown. A call that a phone shows and that is not listed
   * has ended or waits.
   */
  ringing: z.array(incomingSchema),
  queue: callQueueSchema,
  missed: missedSchema,
  /** The call that this person is in on another of their devices. */
  elsewhere: elsewhereSchema.nullable(),
  /** The ICE servers of every call, if none needs credentials; null: they come with each acknowledgement. */
  iceServers: iceServersSchema.nullable(),
  /** Unread messages. */
  unread: unreadListSchema,
});

/** The server's clock, in epoch milliseconds: a computer whose clock is wrong shows the server's moments by it. */
export const serverTimeSchema = z.strictObject({ now: z.int().min(0) });

/** A person became visible, or changed name or picture. */
export const contactChangedSchema = contactSchema;
export const contactRemovedSchema = z.strictObject({ userId: userIdSchema });

/**
 * The server closes this connection for good: `superseded` by a newer phone of the same session, signed out
 * (`unauthorized`), or the account is gone.
 */
export const sessionEndedSchema = z.strictObject({
  code: z.enum(['superseded', 'unauthorized', 'account-deleted']),
});

/** The server stops; the phone reconnects after `reconnectIn` milliseconds. Calls go on. */
export const drainingSchema = z.strictObject({ reconnectIn: z.int().min(0).max(60_000) });
