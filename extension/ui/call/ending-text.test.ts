import { beforeAll, describe, expect, it } from 'vitest';
import { END_REASONS } from '../../../protocol/calls/call.ts';
import { endingText } from './ending-text.ts';
import { fakeMessages } from '../../../testkit/ui/fake-messages.ts';

beforeAll(fakeMessages);

describe('endingText', () => {
  it('has a sentence for every reason, from both sides, with no placeholder left', () => {
    for (const reason of [...END_REASONS, 'rate-limited'] as const) {
      for (const direction of ['outgoing', 'incoming'] as const) {
        for (const talked of [true, false]) {
          const said = endingText({ reason, direction, talked }, 'Grace');
          expect(said, `${reason} ${direction}`).toMatch(/^[^$]+\.$/);
        }
      }
    }
  });

  it('describes the same end differently to caller and callee', () => {
    expect(endingText({ reason: 'declined', direction: 'outgoing', talked: false }, 'Grace')).toBe(
      'Grace declined the call.',
    );
    expect(endingText({ reason: 'declined', direction: 'incoming', talked: false }, 'Grace')).toBe(
      'You declined the call.',
    );
    expect(endingText({ reason: 'no-answer', direction: 'outgoing', talked: false }, 'Grace')).toBe(
      'Grace did not answer.',
    );
    expect(endingText({ reason: 'no-answer', direction: 'incoming', talked: false }, 'Grace')).toBe(
      'You missed a call from Grace.',
    );
  });

  it('says that the caller is gone where their line was lost before anybody talked', () => {
    const lost = { reason: 'connection-lost', direction: 'incoming' } as const;
    expect(endingText({ ...lost, talked: false }, 'Grace')).toBe('Grace is gone: their connection was lost.');
    expect(endingText({ ...lost, talked: true }, 'Grace')).toBe('The connection was lost.');
  });
});
