import { describe, expect, it } from 'vitest';
import { END_REASONS } from '../../protocol/calls/call.ts';
import { endedRecord } from '../../testkit/server/call-records.ts';
import { entriesOf } from './entries-of.ts';

const [ADA, BOB] = ['ada', 'bob'];
const ended = endedRecord(ADA, BOB);

describe('entriesOf', () => {
  it('gives each of the two an entry, with the same reason', () => {
    for (const reason of END_REASONS) {
      expect(entriesOf({ ...ended, reason })).toMatchObject([
        { userId: ADA, otherId: BOB, direction: 'outgoing', reason, unseen: false },
        { userId: BOB, otherId: ADA, direction: 'incoming', reason },
      ]);
    }
  });

  it('leaves what the callee missed unseen', () => {
    const unseen = (reason: (typeof END_REASONS)[number]) => entriesOf({ ...ended, reason })[1]?.unseen;
    expect(unseen('no-answer')).toBe(true);
    expect(unseen('declined')).toBe(false);
    expect(unseen('hung-up')).toBe(false);
  });

  it('gives the callee none of a call that they must not know of', () => {
    const traceless = { ...ended, reason: 'unreachable', traceless: true } as const;
    expect(entriesOf(traceless)).toEqual(entriesOf({ ...traceless, traceless: false }).slice(0, 1));
  });

  it('counts from connected to ended', () => {
    const lasted = (connectedAt: number | null, endedAt: number) =>
      entriesOf({ ...ended, placedAt: 0, connectedAt, endedAt })[0]?.duration;
    expect(lasted(null, 9_000)).toBeNull();
    expect(lasted(2_000, 9_000)).toBe(7_000);
    expect(lasted(9_000, 2_000)).toBe(0);
  });

  it('gives nobody one while the call goes on', () => {
    expect(entriesOf({ ...ended, state: 'active', reason: null, endedAt: null })).toEqual([]);
  });
});
