import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenStatusSchema, type PresenceChange } from '../../protocol/presence.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { Presence } from './presence.ts';

const ACTIVE = { idle: false };

const start = () => {
  const clock = createFakeClock();
  const published: PresenceChange[] = [];
  const seen: number[] = [];
  const presence = new Presence({
    clock,
    publish: (change) => published.push(change),
    onSeen: (_userId, at) => seen.push(at),
  });
  return { clock, published, seen, presence, statuses: () => published.map(({ status }) => status) };
};

type Step = (presence: Presence) => void;

/** Everything that can happen to a person with two devices, in any order, with any time between. */
const anything: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constantFrom('one', 'two'), fc.boolean()).map<Step>(([device, idle]) => (presence) => {
    presence.connected('a', device, { idle });
  }),
  fc.tuple(fc.constantFrom('one', 'two'), fc.boolean()).map<Step>(([device, grace]) => (presence) => {
    presence.disconnected('a', device, { grace });
  }),
  fc.tuple(fc.constantFrom('one', 'two'), fc.boolean()).map<Step>(([device, idle]) => (presence) => {
    presence.setIdle('a', device, idle);
  }),
  fc.boolean().map<Step>((inCall) => (presence) => {
    presence.setInCall('a', inCall);
  }),
  fc.constantFrom(null, 'at lunch', 'back soon').map<Step>((text) => (presence) => {
    presence.wish('a', { text });
  }),
  fc.boolean().map<Step>((lastSeenShown) => (presence) => {
    presence.wish('a', { lastSeenShown });
  }),
);
const anyChoice: fc.Arbitrary<Step> = fc
  .constantFrom(...chosenStatusSchema.options)
  .map((chosen) => (presence) => {
    presence.wish('a', { chosen });
  });
const afterAWhile = (step: fc.Arbitrary<Step>) => fc.array(fc.tuple(step, fc.nat(12_000)));

describe('Presence', () => {
  it('does not publish a change that was taken back while it was merged', () => {
    const { clock, presence, statuses } = start();
    presence.connected('a', 'one', ACTIVE);
    presence.setInCall('a', true);
    presence.setInCall('a', false);
    clock.advance(1000);
    expect(statuses()).toEqual(['available']);
  });

  it('shows a call from the restored record only once a phone is there', () => {
    const { clock, presence, statuses } = start();
    presence.setInCall('a', true);
    clock.advance(1000);
    expect(statuses()).toEqual([]);
    presence.connected('a', 'one', ACTIVE);
    expect(statuses()).toEqual(['in-call']);
  });

  it('is away when nobody uses any device, and not before', () => {
    const { clock, presence, statuses } = start();
    presence.connected('a', 'one', ACTIVE);
    presence.connected('a', 'two', ACTIVE);
    clock.advance(1000);
    presence.setIdle('a', 'one', true);
    clock.advance(1000);
    expect(statuses()).toEqual(['available']);
    presence.setIdle('a', 'two', true);
    clock.advance(1000);
    presence.setIdle('a', 'one', false);
    expect(statuses()).toEqual(['available', 'away', 'available']);
  });

  it('still counts the device in use for as long as it may come back', () => {
    const { clock, presence, statuses } = start();
    presence.connected('a', 'one', ACTIVE);
    presence.connected('a', 'two', { idle: true });
    presence.disconnected('a', 'one', { grace: true });
    clock.advance(9_999);
    expect(statuses()).toEqual(['available']);
    clock.advance(1);
    expect(statuses()).toEqual(['available', 'away']);
  });

  it('tells text and status in one change, and no text of who is gone', () => {
    const { clock, published, presence } = start();
    presence.wish('a', { text: 'at lunch' });
    presence.connected('a', 'one', ACTIVE);
    clock.advance(250);
    presence.wish('a', { text: 'back' });
    presence.wish('a', { chosen: 'do-not-disturb', text: 'busy' });
    clock.advance(250);
    clock.advance(250);
    presence.disconnected('a', 'one', { grace: false });
    expect(published.map(({ status, text }) => [status, text])).toEqual([
      ['available', 'at lunch'],
      ['available', 'back'],
      ['do-not-disturb', 'busy'],
      ['offline', undefined],
    ]);
  });

  it('tells when somebody was here last only if they let it be known, also one who hides', () => {
    const { clock, published, seen, presence } = start();
    presence.connected('a', 'one', ACTIVE);
    presence.disconnected('a', 'one', { grace: false });
    expect(published.at(-1)).not.toHaveProperty('lastSeen');
    clock.advance(1000);
    presence.connected('a', 'one', ACTIVE);
    presence.wish('a', { lastSeenShown: true });
    clock.advance(1000);
    const hidAt = clock.now();
    presence.wish('a', { chosen: 'appear-offline' });
    expect(published.at(-1)).toMatchObject({ status: 'offline', lastSeen: hidAt });
    expect(seen).toEqual([hidAt]);
    const told = published.length;
    clock.advance(60_000);
    presence.disconnected('a', 'one', { grace: false });
    expect(presence.published('a')).toMatchObject({ status: 'offline', lastSeen: hidAt });
    presence.wish('a', { lastSeenShown: false });
    clock.advance(60_000);
    expect(presence.published('a')).not.toHaveProperty('lastSeen');
    expect(published).toHaveLength(told);
  });

  it('never goes back in v, repeats nothing, and ends in what is so, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(afterAWhile(fc.oneof(anything, anyChoice)), (steps) => {
        const { clock, published, presence } = start();
        for (const [act, wait] of steps) {
          act(presence);
          clock.advance(wait);
        }
        clock.advance(20_000);
        const versions = published.map(({ v }) => v);
        expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
        published.forEach((change, i) => {
          expect({ ...change, v: 0 }).not.toEqual({ ...published[i - 1], v: 0 });
        });
        const { status } = published.at(-1) ?? { status: 'offline' };
        expect(presence.published('a').status).toBe(status);
        expect(clock.pending).toBe(0);
      }),
    );
  });

  it('gives who appears offline away by nothing, whatever they do', () => {
    fc.assert(
      fc.property(afterAWhile(anything), fc.boolean(), afterAWhile(anything), (before, shown, hidden) => {
        const { clock, published, seen, presence } = start();
        for (const [act, wait] of before) {
          act(presence);
          clock.advance(wait);
        }
        clock.advance(20_000);
        presence.wish('a', { lastSeenShown: shown, chosen: 'appear-offline' });
        clock.advance(20_000);
        const then = { told: [...published], noted: [...seen], last: presence.published('a').lastSeen };
        for (const [act, wait] of hidden) {
          act(presence);
          clock.advance(wait);
        }
        clock.advance(20_000);
        expect(published).toEqual(then.told);
        expect(seen).toEqual(then.noted);
        // Whoever stops letting others know is not shown a moment longer; nothing else changes.
        const { status, text, lastSeen } = presence.published('a');
        expect([status, text]).toEqual(['offline', undefined]);
        expect([then.last, undefined]).toContain(lastSeen);
      }),
    );
  });

  it('stops its timers', () => {
    const { clock, presence } = start();
    presence.connected('a', 'one', ACTIVE);
    presence.disconnected('a', 'one', { grace: true });
    presence.close();
    expect(clock.pending).toBe(0);
  });
});
