import type { Caller } from '../calls/call-record.ts';
import type { Calls } from '../calls/create-calls.ts';
import type { LivePhones } from '../live/live-phones.ts';
import type { Presence } from '../presence/presence.ts';

/** A phone's connection is gone. With `grace` it may come back unnoticed. */
export type MissPhone = (phone: Caller, about: { grace: boolean }) => Promise<void>;

/**
 * Notes that a phone is gone. It may have come back at another node since that was found out, and have been noted
 * there first: then it is not gone after all.
 */
export const createMissPhone =
  ({
    phones,
    presence,
    calls,
  }: {
    phones: Pick<LivePhones, 'has'>;
    presence: Pick<Presence, 'disconnected' | 'back'>;
    calls: Pick<Calls, 'disconnected' | 'back'>;
  }): MissPhone =>
  async (phone, about) => {
    await presence.disconnected(phone.userId, phone.instanceId, about);
    await calls.disconnected(phone);
    if (!(await phones.has(phone))) return;
    await presence.back(phone.userId, phone.instanceId);
    await calls.back(phone);
  };
