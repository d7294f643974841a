import type { ClientEvent } from '../../../protocol/events.ts';
import type { Sender } from '../../sender.ts';
import type { CreateLimiter, Limiter } from '../../limits/limiter.ts';

/** The classes of events that have a limit of their own, beside the one for all events together. */
type EventClass = 'invites' | 'requests' | 'contacts' | 'messages' | 'searches';

/** The class of each event; null: only the limits for all events together apply. */
const EVENT_CLASSES: Readonly<Record<ClientEvent, EventClass | null>> = {
  'presence:set': null,
  'presence:text': null,
  'presence:last-seen': null,
  'presence:idle': null,
  'privacy:set': null,
  'contact:mark': null,
  'contact:request': 'requests',
  'contact:cancel': 'contacts',
  'contact:accept': 'contacts',
  'contact:decline': 'contacts',
  'contact:remove': 'contacts',
  'contact:make-code': null,
  'contact:revoke-code': null,
  'contact:redeem': 'requests',
  'contact:block': 'contacts',
  'contact:unblock': 'contacts',
  'call:invite': 'invites',
  'call:ringing': null,
  'call:accept': null,
  'call:signal': null,
  'call:connected': null,
  'call:sources': null,
  'call:end': null,
  'call:move': null,
  'call:resume': null,
  'call:ice-servers': null,
  'call:test': null,
  'message:send': 'messages',
  'message:page': null,
  'message:delivered': null,
  'message:read': null,
  'message:typing': null,
  'message:search': 'searches',
  'history:page': null,
  'history:seen': null,
  'history:delete': null,
  'history:clear': null,
  'device:list': null,
  'device:sign-out': null,
  'device:sign-out-others': null,
};

// A map, because an event's name comes from the wire: an object would answer to `constructor`.
const CLASS_BY_NAME = new Map<unknown, EventClass | null>(Object.entries(EVENT_CLASSES));

/** Whole seconds until a phone may send such an event again; null: it may now. Never rejects. */
export type LimitEvent = (from: Sender, event: unknown) => Promise<number | null>;

/** Counts what phones send: all events by session and by account, and each class by account. */
export const createEventLimits = (
  createLimiter: CreateLimiter,
  traffic: { limitedEvents: number },
): LimitEvent => {
  const everything = createLimiter('everything:session');
  const ofAllDevices = createLimiter('everything:account');
  const requestsADay = createLimiter('requests-a-day:account');
  const byClass: Readonly<Record<EventClass, Limiter>> = {
    invites: createLimiter('invites:account'),
    requests: createLimiter('requests:account'),
    contacts: createLimiter('contacts:account'),
    messages: createLimiter('messages:account'),
    searches: createLimiter('searches:account'),
  };
  return async (from, event) => {
    const kind = CLASS_BY_NAME.get(event);
    const wait =
      (await everything.take(from.sessionId)) ??
      (await ofAllDevices.take(from.userId)) ??
      (kind ? await byClass[kind].take(from.userId) : null) ??
      (kind === 'requests' ? await requestsADay.take(from.userId) : null);
    if (wait !== null) traffic.limitedEvents += 1;
    return wait;
  };
};
