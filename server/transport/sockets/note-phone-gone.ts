import type { Sender } from '../../sender.ts';
import type { Calls } from '../../calls/create-calls.ts';
import type { Presence } from '../../presence/presence.ts';

/** A phone's connection is gone. */
export type NotePhoneGone = (
  phone: Sender,
  about: {
    /** It may come back unnoticed. */
    grace: boolean;
    /** This server stops, and has told the phone when to come back. */
    sentAway: boolean;
    /** Whether it is there by a newer connection. */
    isBack: () => Promise<boolean>;
  },
) => Promise<void>;

/**
 * Notes that a phone is gone. It may have come back at another node since that was found out, and have been noted
 * there first: then it is not gone after all.
 */
export const createNotePhoneGone =
  ({
    presence,
    calls,
  }: {
    presence: Pick<Presence, 'disconnected' | 'back'>;
    calls: Pick<Calls, 'disconnected' | 'back'>;
  }): NotePhoneGone =>
  async (phone, { grace, sentAway, isBack }) => {
    await presence.disconnected(phone.userId, phone.instanceId, { grace });
    await calls.disconnected(phone, { sentAway });
    if (!(await isBack())) return;
    await presence.back(phone.userId, phone.instanceId);
    await calls.back(phone);
  };
