import { beforeAll, describe, expect, it } from 'vitest';
import { END_REASONS } from '../../../protocol/calls/call.ts';
import { endingText } from './ending-text.ts';
import { fakeMessages } from '../../../testkit/ui/fake-messages.ts';

beforeAll(fakeMessages);

describe('endingText', () => {
  it('has a sentence for every reason, from both sides, with nothing left to fill in', () => {
    for (const reason of [...END_REASONS, 'rate-limited'] as const) {
      for (const direction of ['outgoing', 'incoming'] as const) {
        expect(endingText(reason, direction, 'Grace'), `${reason} ${direction}`).toMatch(/^[^$]+\.$/);
      }
    }
  });

  it('tells the same end differently to the one who called and the one who was called', () => {
    expect(endingText('declined', 'outgoing', 'Grace')).toBe('Grace declined the call.');
    expect(endingText('declined', 'incoming', 'Grace')).toBe('You declined the call.');
    expect(endingText('no-answer', 'outgoing', 'Grace')).toBe('Grace did not answer.');
    expect(endingText('no-answer', 'incoming', 'Grace')).toBe('You missed a call from Grace.');
  });
});
