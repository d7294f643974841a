import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LINGER, newCall, restoredCall, type Call } from '../../server/calls/call.ts';
import type { Sender } from '../../server/sender.ts';
import type { LedgerEvent } from '../../server/calls/ledger-event.ts';
import type { Live } from '../../server/live.ts';
import { FRESH_ENTRY } from '../../server/presence/presence-entry.ts';
import { describeOneAtATime } from './one-at-a-time-contract.ts';

const phoneOf = (userId: string, sessionId: string = randomUUID()): Sender => ({
  userId,
  sessionId,
  instanceId: randomUUID(),
});

const invite = (from: Sender, to: string, at = 1): Extract<LedgerEvent, { kind: 'invite' }> => ({
  kind: 'invite',
  at,
  from,
  person: { userId: from.userId, username: 'x', displayName: 'X' },
  invite: { callId: randomUUID(), to, media: 'audio', offer: 'offer' },
  reachability: 'ok',
  ringTimeout: 45_000,
});

const accept = (from: Sender, callId: string, at = 2): LedgerEvent => ({
  kind: 'accept',
  at,
  from,
  accept: { callId, answer: 'answer' },
});

/**
 * The contract of every implementation of `Live`.
 * @param open Starts two nodes that share one state; an implementation for one node returns the same one twice.
 */
export const liveContract = (
  name: string,
  open: () => Promise<{ one: Live; other: Live; close(): Promise<void> }>,
): void => {
  describe(`live state in ${name}`, () => {
    let one: Live;
    let other: Live;
    let shared: { one: Live; other: Live; close(): Promise<void> };
    let ada: Sender;
    let bob: Sender;
    beforeEach(async () => {
      shared = await open();
      ({ one, other } = shared);
      [ada, bob] = [phoneOf(randomUUID()), phoneOf(randomUUID())];
    });
    afterEach(() => shared.close());

    describe('calls', () => {
      it('locks the caller at the invite and the callee at Accept, for every node', async () => {
        const event = invite(ada, bob.userId);
        const { callId } = event.invite;
        expect((await one.calls.apply(event)).answer).toEqual({ kind: 'version', v: 1 });
        expect(await other.calls.callOf(ada.userId)).toMatchObject({ callId, state: 'ringing' });
        expect(await other.calls.callOf(bob.userId)).toBeNull();
        expect((await other.calls.queueAt(bob.userId)).shown).toMatchObject([{ callId }]);
        expect((await other.calls.apply(accept(bob, callId))).answer).toMatchObject({ kind: 'accepted' });
        expect(await one.calls.callOf(bob.userId)).toMatchObject({ callId, state: 'connecting' });
        expect((await one.calls.queueAt(bob.userId)).shown).toEqual([]);
      });

      it('lets one device win if many accept at the same moment', async () => {
        const event = invite(ada, bob.userId);
        await one.calls.apply(event);
        const devices = Array.from({ length: 8 }, () => phoneOf(bob.userId));
        const answers = await Promise.all(
          devices.map((device, i) => (i % 2 ? one : other).calls.apply(accept(device, event.invite.callId))),
        );
        expect(answers.filter((it) => it.answer.kind === 'accepted')).toHaveLength(1);
        // Each effect happens once.
        expect(answers.flatMap((it) => it.effects).filter((it) => it.kind === 'in-call')).toHaveLength(2);
      });

      it('places one call if two people dial each other at the same moment', async () => {
        for (let round = 0; round < 10; round += 1) {
          const [eve, sam] = [phoneOf(randomUUID()), phoneOf(randomUUID())];
          const answers = await Promise.all([
            one.calls.apply(invite(eve, sam.userId)),
            other.calls.apply(invite(sam, eve.userId)),
          ]);
          const codes = answers.map(({ answer }) =>
            answer.kind === 'refused' ? answer.refusal.code : answer.kind,
          );
          expect(codes.toSorted()).toEqual(['glare', 'version']);
        }
      });

      it('shows three that ring at somebody and lets the others wait, however many dial at the same moment', async () => {
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, i) =>
            (i % 2 ? one : other).calls.apply(invite(phoneOf(randomUUID()), bob.userId)),
          ),
        );
        expect(answers.filter(({ answer }) => answer.kind === 'version')).toHaveLength(10);
        const queue = await one.calls.queueAt(bob.userId);
        expect([queue.shown.length, queue.waiting]).toEqual([3, 7]);
        const told = answers.flatMap(({ effects }) => effects.filter(({ kind }) => kind === 'queue'));
        expect(new Set(told.map((effect) => effect.kind === 'queue' && effect.queue.v)).size).toBe(9);
      });

      it('finds a call by an alias, and forgets it with its aliases', async () => {
        const event = invite(ada, bob.userId);
        const crossing = invite(bob, ada.userId);
        await one.calls.apply(event);
        expect((await other.calls.apply(crossing)).answer).toMatchObject({ refusal: { code: 'glare' } });
        const { callId } = event.invite;
        expect(await one.calls.find(crossing.invite.callId)).toMatchObject({ callId });
        await one.calls.apply({ kind: 'end', at: 5, from: ada, end: { callId } });
        await other.calls.apply({ kind: 'deadline', at: 5 + LINGER, callId });
        expect(await one.calls.find(callId)).toBeNull();
        expect(await one.calls.find(crossing.invite.callId)).toBeNull();
        expect(await one.calls.callOf(ada.userId)).toBeNull();
      });

      it('restores the store’s calls', async () => {
        const { person, from, invite: wish } = invite(ada, bob.userId);
        const ringing: Call = newCall({ ...wish, person, from, at: 1, ringTimeout: 45_000 });
        const up = restoredCall({ ...ringing, state: 'active', callee: bob, v: 5 }, 9);
        await one.calls.restore(up);
        expect(await other.calls.callOf(ada.userId)).toEqual(up);
        expect(await other.calls.callOf(bob.userId)).toEqual(up);
        const { answer } = await other.calls.apply({
          kind: 'resume',
          at: 10,
          from: bob,
          ref: { callId: wish.callId },
        });
        expect(answer).toMatchObject({ state: { state: 'active', v: 5 } });
        await one.calls.settled([wish.callId]);
      });
    });

    describe('phones', () => {
      it('knows who is connected, and by which sessions', async () => {
        expect(await one.phones.isOnline(ada.userId)).toBe(false);
        expect(await one.phones.join(ada, 'c1')).toEqual({ kind: 'joined', superseded: [], replaced: null });
        expect(await other.phones.isOnline(ada.userId)).toBe(true);
        expect(await other.phones.has(ada)).toBe(true);
        expect(await other.phones.sessionsOf(ada.userId)).toEqual(new Set([ada.sessionId]));
        expect(await one.phones.leave(ada, 'c1')).toBe(true);
        expect(await other.phones.has(ada)).toBe(false);
        expect(await other.phones.isOnline(ada.userId)).toBe(false);
      });

      it('lets a phone that reconnects replace its old connection, whose end then has no effect', async () => {
        await one.phones.join(ada, 'c1');
        expect(await other.phones.join(ada, 'c2')).toEqual({
          kind: 'joined',
          superseded: [],
          replaced: 'c1',
        });
        expect(await one.phones.leave(ada, 'c1')).toBe(false);
        expect(await one.phones.isOnline(ada.userId)).toBe(true);
        expect(await other.phones.leave(ada, 'c2')).toBe(true);
      });

      it('keeps an older phone of a session down', async () => {
        const newer = { ...ada, instanceId: randomUUID() };
        await one.phones.join(ada, 'c1');
        expect(await other.phones.join(newer, 'c2')).toMatchObject({ superseded: [ada.instanceId] });
        expect(await one.phones.join(ada, 'c3')).toEqual({ kind: 'superseded' });
        expect(await one.phones.has(ada)).toBe(false);
        expect(await one.phones.leave(ada, 'c1')).toBe(true);
      });

      it('lets nobody take the instance of somebody else', async () => {
        await one.phones.join(ada, 'c1');
        expect(await other.phones.join({ ...bob, instanceId: ada.instanceId }, 'c2')).toEqual({
          kind: 'superseded',
        });
        await one.phones.leave(ada, 'c1');
        expect(await other.phones.join({ ...bob, instanceId: ada.instanceId }, 'c3')).toMatchObject({
          kind: 'joined',
        });
      });

      it('lets the newest phone of a session win if several connect at the same moment', async () => {
        const lives = Array.from({ length: 6 }, () => ({ ...ada, instanceId: randomUUID() }));
        await Promise.all(lives.map((life, i) => (i % 2 ? one : other).phones.join(life, `c${String(i)}`)));
        const there = await Promise.all(lives.map((life) => one.phones.has(life)));
        expect(there.filter(Boolean)).toHaveLength(1);
      });
    });

    describe('presence', () => {
      it('loses no change of many made at the same moment', async () => {
        await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            (i % 2 ? one : other).presence.change(ada.userId, (known = FRESH_ENTRY) => ({
              entry: { ...known, v: known.v + 1 },
              result: null,
            })),
          ),
        );
        const [entry, nobody] = await one.presence.read([ada.userId, bob.userId]);
        expect(entry).toEqual({ ...FRESH_ENTRY, v: 20 });
        expect(nobody).toBeUndefined();
      });
    });

    describe('lists', () => {
      it('counts changes', async () => {
        expect(await one.lists.changes(ada.userId)).toBe(0);
        await Promise.all([one.lists.touch(ada.userId), other.lists.touch(ada.userId)]);
        expect(await other.lists.changes(ada.userId)).toBe(2);
        expect(await other.lists.changes(bob.userId)).toBe(0);
      });

      it('remembers what is shown of hidden people, until they reappear', async () => {
        const [first, second] = [
          { status: 'offline', v: 7 },
          { status: 'offline', lastSeen: 3, v: 8 },
        ] as const;
        await one.lists.freeze(ada.userId, bob.userId, first, 'unless-frozen');
        await other.lists.freeze(ada.userId, bob.userId, second, 'unless-frozen');
        expect(await other.lists.frozen(ada.userId)).toEqual(new Map([[bob.userId, first]]));
        await other.lists.freeze(ada.userId, bob.userId, second);
        expect(await one.lists.frozen(ada.userId)).toEqual(new Map([[bob.userId, second]]));
        await one.lists.thaw(ada.userId, bob.userId);
        expect((await other.lists.frozen(ada.userId)).size).toBe(0);
      });
    });

    describeOneAtATime(() => [one.oneAtATime, other.oneAtATime]);
  });
};
