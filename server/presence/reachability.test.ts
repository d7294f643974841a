import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChosenStatus } from '../../protocol/presence.ts';
import { createCallDirectory } from './reachability.ts';

type Relation = 'contact' | 'blocked' | 'none';

const ask = (relation: Relation, chosen: ChosenStatus, online: boolean): Promise<string> =>
  createCallDirectory({
    directory: {
      person: () => Promise.resolve(null),
      contactsOf: () => Promise.resolve([]),
      watchersOf: () => Promise.resolve([]),
      relation: () => Promise.resolve(relation),
    },
    presence: { chosen: () => chosen },
    phones: { isOnline: () => Promise.resolve(online) },
  }).reachability(randomUUID(), randomUUID());

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

  it('answers a blocked caller as if nobody were there, whatever is so', async () => {
    for (const chosen of ['available', 'away', 'do-not-disturb', 'appear-offline'] as const) {
      for (const online of [true, false]) expect(await ask('blocked', chosen, online)).toBe('unreachable');
    }
  });

  it('tells a stranger nothing but that they are one', async () => {
    for (const chosen of ['available', 'do-not-disturb', 'appear-offline'] as const) {
      for (const online of [true, false]) expect(await ask('none', chosen, online)).toBe('not-allowed');
    }
  });
});
