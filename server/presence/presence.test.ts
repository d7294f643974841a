import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenStatusSchema, type PresenceChange } from '../../protocol/presence/presence.ts';
import { createMemoryPresence } from '../live/memory/memory-presence.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import { Presence } from './presence.ts';

const ACTIVE = { idle: false };

const start = () => {
  const clock = createFakeClock();
  const published: PresenceChange[] = [];
  const seen: number[] = [];
  const forgotten: string[] = [];
  const presence = new Presence({
    live: createMemoryPresence(),
    clock,
    publish: (change) => published.push(change),
    onSeen: (_userId, at) => seen.push(at),
    onForgotten: (userId) => forgotten.push(userId),
    onError: (error) => {
      throw error;
    },
  });
  /** Moves the clock on, and waits for everything that this causes. */
  const advance = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await setImmediate();
    // What became due while the clock moved.
    clock.advance(0);
    await setImmediate();
  };
  return {
    clock,
    advance,
    published,
    seen,
    forgotten,
    presence,
    statuses: () => published.map(({ status }) => status),
  };
};

type Step = (presence: Presence) => Promise<void>;

/** Everything that can happen to a person with two devices, in any order, with any time between. */
const anything: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constantFrom('one', 'two'), fc.boolean()).map<Step>(
    ([device, idle]) =>
      (presence) =>
        presence.connected('a', device, { idle }),
  ),
  fc.tuple(fc.constantFrom('one', 'two'), fc.boolean()).map<Step>(
    ([device, grace]) =>
      (presence) =>
        presence.disconnected('a', device, { grace }),
  ),
  fc.tuple(fc.constantFrom('one', 'two'), fc.boolean()).map<Step>(
    ([device, idle]) =>
      (presence) =>
        presence.setIdle('a', device, idle),
  ),
  fc.boolean().map<Step>((inCall) => (presence) => presence.setInCall('a', inCall)),
  fc
    .constantFrom(null, 'at lunch', 'back soon')
    .map<Step>((text) => (presence) => presence.wish('a', { text })),
  fc.boolean().map<Step>((lastSeenShown) => (presence) => presence.wish('a', { lastSeenShown })),
);
const anyChoice: fc.Arbitrary<Step> = fc
  .constantFrom(...chosenStatusSchema.options)
  .map((chosen) => (presence) => presence.wish('a', { chosen }));
const afterAWhile = (step: fc.Arbitrary<Step>) => fc.array(fc.tuple(step, fc.nat(12_000)));

describe('Presence', () => {
  it('does not publish a change that was taken back while it was merged', async () => {
    const { advance, presence, statuses } = start();
    await presence.connected('a', 'one', ACTIVE);
    await presence.setInCall('a', true);
    await presence.setInCall('a', false);
    await advance(1000);
    expect(statuses()).toEqual(['available']);
  });

  it('shows a call from the restored record only once a phone is there', async () => {
    const { advance, presence, statuses } = start();
    await presence.setInCall('a', true);
    await advance(1000);
    expect(statuses()).toEqual([]);
    await presence.connected('a', 'one', ACTIVE);
    expect(statuses()).toEqual(['in-call']);
  });

  it('is away when nobody uses any device, and not before', async () => {
    const { advance, presence, statuses } = start();
    await presence.connected('a', 'one', ACTIVE);
    await presence.connected('a', 'two', ACTIVE);
    await advance(1000);
    await presence.setIdle('a', 'one', true);
    await advance(1000);
    expect(statuses()).toEqual(['available']);
    await presence.setIdle('a', 'two', true);
    await advance(1000);
    await presence.setIdle('a', 'one', false);
    expect(statuses()).toEqual(['available', 'away', 'available']);
  });

  it('still counts the phone that was in use for as long as it may come back', async () => {
    const { advance, presence, statuses } = start();
    await presence.connected('a', 'one', ACTIVE);
    await presence.connected('a', 'two', { idle: true });
    await presence.disconnected('a', 'one', { grace: true });
    await advance(9_999);
    expect(statuses()).toEqual(['available']);
    await advance(1);
    expect(statuses()).toEqual(['available', 'away']);
  });

  it('tells text and status in one change, and no text of a person who is gone', async () => {
    const { advance, published, presence } = start();
    await presence.wish('a', { text: 'at lunch' });
    await presence.connected('a', 'one', ACTIVE);
    await advance(250);
    await presence.wish('a', { text: 'back' });
    await presence.wish('a', { chosen: 'do-not-disturb', text: 'busy' });
    await advance(250);
    await advance(250);
    await presence.disconnected('a', 'one', { grace: false });
    expect(published.map(({ status, text }) => [status, text])).toEqual([
      ['available', 'at lunch'],
      ['available', 'back'],
      ['do-not-disturb', 'busy'],
      ['offline', undefined],
    ]);
  });

  it('tells when a person was here last only if they allow it, also when they hide', async () => {
    const { clock, advance, published, seen, forgotten, presence } = start();
    await presence.connected('a', 'one', ACTIVE);
    await presence.disconnected('a', 'one', { grace: false });
    expect(published.at(-1)).not.toHaveProperty('lastSeen');
    await advance(1000);
    await presence.connected('a', 'one', ACTIVE);
    await presence.wish('a', { lastSeenShown: true });
    await advance(1000);
    const hidAt = clock.now();
    await presence.wish('a', { chosen: 'appear-offline' });
    expect(published.at(-1)).toMatchObject({ status: 'offline', lastSeen: hidAt });
    expect(seen).toEqual([hidAt]);
    const told = published.length;
    await advance(60_000);
    await presence.disconnected('a', 'one', { grace: false });
    expect(await presence.publishedOf('a')).toMatchObject({ status: 'offline', lastSeen: hidAt });
    await presence.wish('a', { lastSeenShown: false });
    await advance(60_000);
    expect(await presence.publishedOf('a')).toHaveProperty('lastSeen', hidAt);
    expect([published.length, forgotten]).toEqual([told, []]);
    // Once she has been back for a moment, there is no time left to show.
    await presence.connected('a', 'one', ACTIVE);
    await presence.wish('a', { chosen: 'available' });
    await advance(1000);
    await presence.disconnected('a', 'one', { grace: false });
    expect(published.at(-1)).toMatchObject({ status: 'offline' });
    expect(published.at(-1)).not.toHaveProperty('lastSeen');
    expect(forgotten).toEqual(['a']);
  });

  it('never goes back in v, repeats nothing, and ends with the true status, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(afterAWhile(fc.oneof(anything, anyChoice)), async (steps) => {
        const { clock, advance, published, presence } = start();
        for (const [act, wait] of steps) {
          await act(presence);
          await advance(wait);
        }
        await advance(20_000);
        const versions = published.map(({ v }) => v);
        expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
        published.forEach((change, i) => {
          expect({ ...change, v: 0 }).not.toEqual({ ...published[i - 1], v: 0 });
        });
        const { status } = published.at(-1) ?? { status: 'offline' };
        expect((await presence.publishedOf('a')).status).toBe(status);
        expect(clock.pending).toBe(0);
      }),
    );
  });

  it('reveals nothing of a person who appears offline, whatever they do', async () => {
    await fc.assert(
      fc.asyncProperty(
        afterAWhile(anything),
        fc.boolean(),
        afterAWhile(anything),
        async (before, shown, hidden) => {
          const { advance, published, seen, presence } = start();
          for (const [act, wait] of before) {
            await act(presence);
            await advance(wait);
          }
          await advance(20_000);
          await presence.wish('a', { lastSeenShown: shown, chosen: 'appear-offline' });
          await advance(20_000);
          const then = {
            told: [...published],
            noted: [...seen],
            last: (await presence.publishedOf('a')).lastSeen,
          };
          for (const [act, wait] of hidden) {
            await act(presence);
            await advance(wait);
          }
          await advance(20_000);
          expect(published).toEqual(then.told);
          expect(seen).toEqual(then.noted);
          const { status, text, lastSeen } = await presence.publishedOf('a');
          expect([status, text, lastSeen]).toEqual(['offline', undefined, then.last]);
        },
      ),
    );
  });

  it('stops its timers', async () => {
    const { clock, presence } = start();
    await presence.connected('a', 'one', ACTIVE);
    await presence.disconnected('a', 'one', { grace: true });
    presence.close();
    expect(clock.pending).toBe(0);
  });
});
