import type { Logger } from 'pino';
import type { Ack, ClientEvent, ClientPayload, ClientResult } from '../../protocol/events.ts';
import type { InstanceId, UserId } from '../../protocol/ids.ts';
import type { OwnPresence as OwnView } from '../../protocol/presence.ts';
import type { Caller } from '../calls/call-record.ts';
import type { CallEmitter } from '../calls/ports.ts';
import type { Clock } from '../clock.ts';
import { Deadlines } from '../deadlines.ts';
import type { PresenceStore } from '../store/presence-store.ts';
import { choose, expired, FIRST_STATE, nextEnd, say, toOwnPresence, type OwnState } from './own-state.ts';
import type { Presence } from './presence.ts';

type PresenceEvent = Extract<ClientEvent, `presence:${string}`>;

/** What people decide about their own presence. */
export interface OwnPresence {
  /** One handler an event; the payload is parsed, the sender stamped. */
  readonly handlers: {
    readonly [E in PresenceEvent]: (from: Caller, payload: ClientPayload<E>) => Promise<Ack<ClientResult<E>>>;
  };
  /** Takes over what the store remembers; what ended meanwhile has ended. Once, before the server listens. */
  restore(): Promise<void>;
  of(userId: UserId): OwnView;
  /** A person's account is gone, and what the store kept of them. */
  forget(userId: UserId): void;
  /** Stops timers, and notes when those who are here now were here last. */
  close(): Promise<void>;
}

interface OwnPresenceDeps {
  store: PresenceStore;
  presence: Pick<Presence, 'restore' | 'wish' | 'setIdle' | 'seenNow'>;
  emitter: Pick<CallEmitter, 'toPerson'>;
  clock: Clock;
  log: Logger;
}

/**
 * Status, text and the rest that a person chooses, for all their devices: kept in
 * the store, shown to others by `Presence`, ended by the server's clock.
 */
export const createOwnPresence = (deps: OwnPresenceDeps): OwnPresence => {
  const { store, presence, emitter, clock, log } = deps;
  const people = new Map<UserId, OwnState>();
  const stateOf = (userId: UserId): OwnState => people.get(userId) ?? FIRST_STATE;

  const deadlines = new Deadlines<UserId>(clock, (userId) => {
    end(userId).catch((error: unknown) => {
      log.error({ err: error }, 'the end of a status could not be kept');
    });
  });

  const put = (userId: UserId, change: Partial<OwnState>): OwnState => {
    const state = { ...stateOf(userId), ...change };
    people.set(userId, state);
    deadlines.set(userId, nextEnd(state));
    return state;
  };

  /** Shows a change to others and to the person's devices, but for the one that asked for it. */
  const apply = (userId: UserId, change: Partial<OwnState>, except: InstanceId[] = []): OwnView => {
    const state = put(userId, change);
    const { status: chosen, text, lastSeenShown } = state;
    presence.wish(userId, { chosen, text, lastSeenShown });
    const view = toOwnPresence(state);
    emitter.toPerson(userId, 'presence:own', view, except);
    return view;
  };

  /** Told first and kept after: also where the store fails, nobody stays undisturbed for ever. */
  const end = async (userId: UserId): Promise<void> => {
    const { status, text } = expired(stateOf(userId), clock.now());
    apply(userId, { ...status, ...text });
    if (status) await store.choose(userId, status);
    if (text) await store.say(userId, text);
  };

  return {
    handlers: {
      'presence:set': async ({ userId, instanceId }, choice) => {
        const status = choose(stateOf(userId), choice, clock.now());
        await store.choose(userId, status);
        return { ok: true, ...apply(userId, status, [instanceId]) };
      },
      'presence:text': async ({ userId, instanceId }, choice) => {
        const text = say(choice, clock.now());
        await store.say(userId, text);
        return { ok: true, ...apply(userId, text, [instanceId]) };
      },
      'presence:last-seen': async ({ userId, instanceId }, { shown }) => {
        await store.showLastSeen(userId, shown);
        return { ok: true, ...apply(userId, { lastSeenShown: shown }, [instanceId]) };
      },
      'presence:idle': ({ userId, instanceId }, { idle }) => {
        presence.setIdle(userId, instanceId, idle);
        return Promise.resolve({ ok: true });
      },
    },
    async restore() {
      for (const { userId, lastSeenAt, ...kept } of await store.all()) {
        const { status, text } = expired(kept, clock.now());
        const state = put(userId, { ...kept, ...status, ...text });
        const { status: chosen, lastSeenShown } = state;
        presence.restore(userId, { chosen, text: state.text, lastSeenShown }, lastSeenAt);
        if (status) await store.choose(userId, status);
        if (text) await store.say(userId, text);
      }
    },
    of: (userId) => toOwnPresence(stateOf(userId)),
    forget(userId) {
      deadlines.set(userId, null);
      people.delete(userId);
      presence.wish(userId, { chosen: 'available', text: null, lastSeenShown: false });
    },
    async close() {
      deadlines.clear();
      await store.seen(presence.seenNow(), clock.now());
    },
  };
};
