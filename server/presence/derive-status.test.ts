import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenStatusSchema } from '../../protocol/presence/presence.ts';
import { deriveStatus } from './derive-status.ts';

const chosenStatus = fc.constantFrom(...chosenStatusSchema.options);
const devices = fc.array(fc.boolean(), { maxLength: 4 });

describe('deriveStatus', () => {
  it.each([
    ['appear-offline', [false], true, 'offline'],
    ['available', [], true, 'offline'],
    ['do-not-disturb', [false], true, 'do-not-disturb'],
    ['do-not-disturb', [true], false, 'do-not-disturb'],
    ['available', [false], true, 'in-call'],
    ['available', [true], true, 'in-call'],
    ['away', [false], false, 'away'],
    ['available', [true], false, 'away'],
    ['available', [true, false], false, 'available'],
  ] as const)('%s, devices idle %j, in a call %s: %s', (chosen, idle, inCall, status) => {
    expect(deriveStatus({ chosen, idle, inCall })).toBe(status);
  });

  it('lets the phone that is in use decide, in any order of the phones', () => {
    fc.assert(
      fc.property(devices, fc.nat(4), (idle, at) => {
        const withOneInUse = idle.toSpliced(at, 0, false);
        expect(deriveStatus({ chosen: 'available', idle: withOneInUse, inCall: false })).toBe('available');
      }),
    );
  });

  it('never shows better than was chosen', () => {
    const rank = { available: 0, away: 1, 'do-not-disturb': 2, 'in-call': 3, offline: 4 };
    fc.assert(
      fc.property(chosenStatus, devices, fc.boolean(), (chosen, idle, inCall) => {
        const least = chosen === 'appear-offline' ? 'offline' : chosen;
        expect(rank[deriveStatus({ chosen, idle, inCall })]).toBeGreaterThanOrEqual(rank[least]);
      }),
    );
  });

  it('reveals nothing of a person who appears offline', () => {
    fc.assert(
      fc.property(devices, fc.boolean(), (idle, inCall) => {
        expect(deriveStatus({ chosen: 'appear-offline', idle, inCall })).toBe('offline');
      }),
    );
  });
});
