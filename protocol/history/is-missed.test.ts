import { describe, expect, it } from 'vitest';
import { END_REASONS } from '../calls/call.ts';
import { isMissed } from './is-missed.ts';

describe('isMissed', () => {
  it('counts incoming calls that were neither answered nor declined, and no outgoing call', () => {
    const missed = (direction: 'incoming' | 'outgoing') =>
      END_REASONS.filter((reason) => isMissed({ direction, reason, duration: null }));
    expect(missed('incoming')).toEqual([
      'cancelled',
      'busy',
      'do-not-disturb',
      'no-answer',
      'unreachable',
      'connection-lost',
      'server-error',
    ]);
    expect(missed('outgoing')).toEqual([]);
    expect(isMissed({ direction: 'incoming', reason: 'connection-lost', duration: 5_000 })).toBe(false);
  });
});
