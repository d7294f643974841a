import { describe, expect, it } from 'vitest';
import { endAsReported } from './end-as-reported.ts';
import { newCall, type Call } from './call.ts';

const from = { userId: 'ada', sessionId: 's1', instanceId: 'i1' };
const placed = newCall({
  callId: 'c1',
  from,
  person: { userId: 'ada', username: 'ada', displayName: 'Ada' },
  to: 'bob',
  media: 'audio',
  offer: '',
  at: 1_000,
  ringTimeout: 45_000,
});
const connecting: Call = { ...placed, state: 'connecting', acceptedAt: 5_000 };
const active: Call = { ...connecting, state: 'active', connectedAt: 5_200 };

describe('the end of a call as its phone reports it', () => {
  it('is when the phone says, if the server hears of it late', () => {
    expect(endAsReported(active, { lasted: 60_000 }, 500_000)).toEqual({ call: active, at: 65_200 });
  });

  it('is never later than now, and never before the call was up', () => {
    expect(endAsReported(active, { lasted: Number.MAX_SAFE_INTEGER }, 70_000).at).toBe(70_000);
    expect(endAsReported(active, { lasted: 0 }, 70_000).at).toBe(5_200);
  });

  it('is now, where the phone says nothing', () => {
    expect(endAsReported(active, {}, 70_000)).toEqual({ call: active, at: 70_000 });
    expect(endAsReported(placed, { lasted: 5 }, 70_000)).toEqual({ call: placed, at: 70_000 });
  });

  it('counts from Accept when the server never heard that it was up', () => {
    expect(endAsReported(connecting, { lasted: 10_000 }, 70_000)).toEqual({
      call: { ...connecting, connectedAt: 5_000 },
      at: 15_000,
    });
  });
});
