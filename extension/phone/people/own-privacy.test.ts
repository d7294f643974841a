import { describe, expect, it } from 'vitest';
import { refuse } from '../../../protocol/events.ts';
import type { Privacy } from '../../../protocol/people/privacy.ts';
import { createAsk } from '../connection/ask.ts';
import { OwnPrivacy } from './own-privacy.ts';

const setUp = (privacy: Privacy | null) => {
  const current = { privacy };
  const own = new OwnPrivacy({
    current,
    update: (slices) => {
      Object.assign(current, slices);
    },
  });
  return { own, current };
};
// The server answers what the test says; types are those of whatever was asked.
const answering = (answer: object) => createAsk(() => ({ request: () => Promise.resolve(answer as never) }));

describe('OwnPrivacy', () => {
  it.each([
    [null, false, false],
    [{ hideAddress: false, relay: 'none' }, false, false],
    [{ hideAddress: false, relay: 'available' }, false, false],
    [{ hideAddress: true, relay: 'available' }, true, false],
    [{ hideAddress: false, relay: 'always' }, true, false],
    [{ hideAddress: true, relay: 'none' }, true, true],
  ] as const)('%o: relay only %s, relay missing %s', (privacy, relayOnly, lacksRelay) => {
    const { own } = setUp(privacy);
    expect([own.relayOnly, own.lacksRelay]).toEqual([relayOnly, lacksRelay]);
  });

  it('shows a choice once the server has it', async () => {
    const { own, current } = setUp({ hideAddress: false, relay: 'available' });
    const choice = { hideAddress: true };
    expect(
      await own.choose(
        createAsk(() => null),
        choice,
      ),
    ).toEqual({ ok: false, code: 'signed-out' });
    expect(await own.choose(answering(refuse('not-allowed')), choice)).toEqual({
      ok: false,
      code: 'not-allowed',
    });
    expect(own.relayOnly).toBe(false);
    const hidden = { hideAddress: true, relay: 'available' };
    expect(await own.choose(answering({ ok: true, ...hidden }), choice)).toEqual({ ok: true });
    expect(current.privacy).toEqual(hidden);
  });
});
