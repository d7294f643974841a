import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PresenceChange } from '../../protocol/presence.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { deriveStatus } from './derive-status.ts';
import { Presence } from './presence.ts';

const start = () => {
  const clock = createFakeClock();
  const published: PresenceChange[] = [];
  const presence = new Presence({ clock, publish: (change) => published.push(change) });
  return { clock, published, presence, statuses: () => published.map(({ status }) => status) };
};

describe('deriveStatus', () => {
  it.each([
    ['appear-offline', true, true, 'offline'],
    ['available', false, true, 'offline'],
    ['do-not-disturb', true, true, 'do-not-disturb'],
    ['available', true, true, 'in-call'],
    ['away', true, true, 'in-call'],
    ['away', true, false, 'away'],
  ] as const)('%s, online %s, in a call %s: %s', (chosen, online, inCall, status) => {
    expect(deriveStatus({ chosen, online, inCall })).toBe(status);
  });
});

describe('Presence', () => {
  it('does not publish a change that was taken back while it was merged', () => {
    const { clock, presence, statuses } = start();
    presence.online('a', 'available');
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
    presence.online('a', 'available');
    expect(statuses()).toEqual(['in-call']);
  });

  it('never goes back in v, and ends in what is so, whatever happens in whatever order', () => {
    type Step = (presence: Presence) => void;
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.constantFrom<Step>(
        (presence) => {
          presence.online('a', 'available');
        },
        (presence) => {
          presence.offline('a', { grace: true });
        },
        (presence) => {
          presence.offline('a', { grace: false });
        },
      ),
      fc.boolean().map<Step>((inCall) => (presence) => {
        presence.setInCall('a', inCall);
      }),
      fc
        .constantFrom('available', 'away', 'do-not-disturb', 'appear-offline')
        .map<Step>((chosen) => (presence) => {
          presence.choose('a', chosen);
        }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(12_000))), (steps) => {
        const { clock, published, presence, statuses } = start();
        for (const [act, wait] of steps) {
          act(presence);
          clock.advance(wait);
        }
        clock.advance(20_000);
        const told = published.map(({ v }) => v);
        expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
        expect(statuses().every((status, i) => status !== (statuses()[i - 1] ?? 'offline'))).toBe(true);
        expect(presence.published('a').status).toBe(statuses().at(-1) ?? 'offline');
        expect(clock.pending).toBe(0);
      }),
    );
  });

  it('stops its timers', () => {
    const { clock, presence } = start();
    presence.online('a', 'available');
    presence.offline('a', { grace: true });
    presence.close();
    expect(clock.pending).toBe(0);
  });
});
