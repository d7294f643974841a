import type { Logger } from 'pino';
import {
  refuse,
  type Ack,
  type ClientEvent,
  type ClientPayload,
  type ClientResult,
} from '../../protocol/events.ts';
import type { InstanceId, UserId } from '../../protocol/ids.ts';
import type { OwnPresence as OwnView } from '../../protocol/presence/presence.ts';
import type { Sender } from '../sender.ts';
import type { Emitter } from '../emitter.ts';
import type { Clock } from '../clock.ts';
import { Deadlines } from '../deadlines.ts';
import type { Live } from '../live.ts';
import { whileAway } from '../while-away.ts';
import type { PresenceStore, StoredPresence } from './presence-store.ts';
import { choose, expired, FIRST_STATE, nextEnd, say, toOwnPresence, type OwnState } from './own-state.ts';
import type { Presence } from './presence.ts';

/** How many people are restored at a time, because each takes round trips to live state. */
const AT_ONCE = 200;

type PresenceEvent = Extract<ClientEvent, `presence:${string}`>;

/** What people decide about their own presence. */
export interface OwnPresence {
  /** One handler an event; the payload is parsed, the sender stamped. */
  readonly handlers: {
    readonly [E in PresenceEvent]: (from: Sender, payload: ClientPayload<E>) => Promise<Ack<ClientResult<E>>>;
  };
  /**
   * Restores what the store keeps; a status or text whose time has passed is cleared. Called once, before the
   * server listens.
   */
  restore(): Promise<void>;
  of(userId: UserId): Promise<OwnView>;
  /** Ends a status or text whose time has come. Safe to call early or twice. */
  due(userId: UserId): Promise<void>;
  /** Drops the timers and live choices of a person whose account is deleted. */
  forget(userId: UserId): Promise<void>;
  /** Stores that these people are here now, where others see them so: if this process dies, nobody else knows. */
  seen(userIds: readonly UserId[]): Promise<void>;
  /** Stops timers. */
  close(): void;
}

interface OwnPresenceDeps {
  store: PresenceStore;
  live: Pick<Live, 'isUp' | 'remind'>;
  presence: Pick<Presence, 'restore' | 'wish' | 'setIdle' | 'published'>;
  emitter: Pick<Emitter, 'toPerson'>;
  clock: Clock;
  log: Logger;
}

/**
 * Status, text and the rest that a person chooses, for all their devices: kept in
 * the store, shown to others by `Presence`, ended by the server's clock.
 */
export const createOwnPresence = (deps: OwnPresenceDeps): OwnPresence => {
  const { store, live, presence, emitter, clock, log } = deps;
  const stateOf = async (userId: UserId): Promise<OwnState> => (await store.of(userId)) ?? FIRST_STATE;

  const deadlines = new Deadlines<UserId>(clock, (userId) => {
    whileAway(due(userId), undefined).catch((error: unknown) => {
      log.error({ err: error }, 'the end of a status could not be kept');
    });
  });

  const remind = async (userId: UserId, state: OwnState): Promise<void> => {
    const at = nextEnd(state);
    deadlines.set(userId, at);
    await live.remind(userId, at);
  };

  /** Shows a change to others and to the person's phones, except the one that asked for it. */
  const apply = async (userId: UserId, state: OwnState, except: InstanceId[] = []): Promise<OwnView> => {
    const { status: chosen, text, lastSeenShown } = state;
    await remind(userId, state);
    await presence.wish(userId, { chosen, text, lastSeenShown });
    const view = toOwnPresence(state);
    emitter.toPerson(userId, 'presence:own', view, except);
    return view;
  };

  /** Phones are told before the store is written, so that "do not disturb" ends even if the store fails. */
  const due = async (userId: UserId): Promise<void> => {
    const state = await stateOf(userId);
    const { status, text } = expired(state, clock.now());
    if (!status && !text) {
      await remind(userId, state);
      return;
    }
    await apply(userId, { ...state, ...status, ...text });
    if (status) await store.choose(userId, status);
    if (text) await store.say(userId, text);
  };

  const restoreOne = async ({ userId, lastSeenAt, ...kept }: StoredPresence & { userId: UserId }) => {
    const { status, text } = expired(kept, clock.now());
    const state = { ...kept, ...status, ...text };
    const { status: chosen, lastSeenShown } = state;
    await presence.restore(userId, { chosen, text: state.text, lastSeenShown }, lastSeenAt);
    await remind(userId, state);
    if (status) await store.choose(userId, status);
    if (text) await store.say(userId, text);
  };

  /** A choice is refused while live state is unreachable, because it would be stored and not shown. */
  const away = () => (live.isUp() ? null : refuse('unavailable'));

  return {
    handlers: {
      'presence:set': async ({ userId, instanceId }, choice) => {
        const state = await stateOf(userId);
        const status = choose(state, choice, clock.now());
        const refusal = away();
        if (refusal) return refusal;
        await store.choose(userId, status);
        return { ok: true, ...(await apply(userId, { ...state, ...status }, [instanceId])) };
      },
      'presence:text': async ({ userId, instanceId }, choice) => {
        const state = await stateOf(userId);
        const text = say(choice, clock.now());
        const refusal = away();
        if (refusal) return refusal;
        await store.say(userId, text);
        return { ok: true, ...(await apply(userId, { ...state, ...text }, [instanceId])) };
      },
      'presence:last-seen': async ({ userId, instanceId }, { shown }) => {
        const state = await stateOf(userId);
        const refusal = away();
        if (refusal) return refusal;
        await store.showLastSeen(userId, shown);
        return { ok: true, ...(await apply(userId, { ...state, lastSeenShown: shown }, [instanceId])) };
      },
      'presence:idle': async ({ userId, instanceId }, { idle }) => {
        await presence.setIdle(userId, instanceId, idle);
        return { ok: true };
      },
    },
    async restore() {
      const all = await store.all();
      for (let from = 0; from < all.length; from += AT_ONCE) {
        await Promise.all(all.slice(from, from + AT_ONCE).map(restoreOne));
      }
    },
    of: async (userId) => toOwnPresence(await stateOf(userId)),
    due,
    async forget(userId) {
      deadlines.set(userId, null);
      await live.remind(userId, null);
      await presence.wish(userId, { chosen: 'available', text: null, lastSeenShown: false });
    },
    async seen(userIds) {
      const shown = await whileAway(presence.published(userIds), null);
      const seen = userIds.filter((userId) => (shown?.get(userId)?.status ?? 'offline') !== 'offline');
      await store.seen(seen, clock.now());
    },
    close: () => {
      deadlines.clear();
    },
  };
};
