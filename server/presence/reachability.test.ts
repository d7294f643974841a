import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChosenStatus } from '../../protocol/presence/presence.ts';
import { createCallDirectory } from './reachability.ts';

type Relation = 'contact' | 'blocked' | 'none';

const NOBODY = randomUUID();

const ask = (
  relation: Relation,
  chosen: ChosenStatus,
  online: boolean,
  ringsThrough = false,
  to = randomUUID(),
): Promise<string> =>
  createCallDirectory({
    directory: {
      person: (userId) =>
        Promise.resolve(userId === NOBODY ? null : { userId, username: 'bob', displayName: 'Bob' }),
      between: () => Promise.resolve({ mine: relation, theirs: 'contact' }),
    },
    presence: { chosen: () => Promise.resolve(chosen) },
    phones: { isOnline: () => Promise.resolve(online) },
    marks: {
      ringsThrough: () => Promise.resolve(ringsThrough),
      isFavourite: () => Promise.resolve(ringsThrough),
    },
  }).reachability(randomUUID(), to);

describe('who may ring whom', () => {
  it.each<[Relation, ChosenStatus, boolean, string]>([
    ['contact', 'available', true, 'ok'],
    ['contact', 'away', true, 'ok'],
    ['contact', 'available', false, 'unreachable'],
    ['contact', 'appear-offline', true, 'unreachable'],
    ['contact', 'do-not-disturb', true, 'do-not-disturb'],
    ['contact', 'do-not-disturb', false, 'unreachable'],
  ])('a %s who is %s (online: %s) is %s', async (relation, chosen, online, answer) => {
    expect(await ask(relation, chosen, online)).toBe(answer);
  });

  it('lets the people whom a person chose ring through do not disturb, and through nothing else', async () => {
    expect(await ask('contact', 'do-not-disturb', true, true)).toBe('ok');
    expect(await ask('contact', 'do-not-disturb', false, true)).toBe('unreachable');
    expect(await ask('contact', 'appear-offline', true, true)).toBe('unreachable');
    expect(await ask('blocked', 'do-not-disturb', true, true)).toBe('blocked');
    expect(await ask('none', 'do-not-disturb', true, true)).toBe('not-allowed');
  });

  it('answers blocked, and nothing else, for a person who has blocked the caller', async () => {
    for (const chosen of ['available', 'away', 'do-not-disturb', 'appear-offline'] as const) {
      for (const online of [true, false]) expect(await ask('blocked', chosen, online)).toBe('blocked');
    }
  });

  it('tells a stranger nothing but that they are one', async () => {
    for (const chosen of ['available', 'do-not-disturb', 'appear-offline'] as const) {
      for (const online of [true, false]) expect(await ask('none', chosen, online)).toBe('not-allowed');
    }
    expect(await ask('none', 'available', false, false, NOBODY)).toBe('nobody');
  });
});
