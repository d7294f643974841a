import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChosenStatus } from '../../protocol/presence.ts';
import { createCallDirectory } from './reachability.ts';

type Relation = 'contact' | 'blocked' | 'none';

const ask = (
  relation: Relation,
  chosen: ChosenStatus,
  online: boolean,
  ringsThrough = false,
): Promise<string> =>
  createCallDirectory({
    directory: {
      person: () => Promise.resolve(null),
      contactsOf: () => Promise.resolve([]),
      watchersOf: () => Promise.resolve([]),
      relation: () => Promise.resolve(relation),
    },
    presence: { chosen: () => chosen },
    phones: { isOnline: () => Promise.resolve(online) },
    marks: { ringsThrough: () => Promise.resolve(ringsThrough) },
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

  it('lets whom the person chose ring through do not disturb, and through nothing else', async () => {
    expect(await ask('contact', 'do-not-disturb', true, true)).toBe('ok');
    expect(await ask('contact', 'do-not-disturb', false, true)).toBe('unreachable');
    expect(await ask('contact', 'appear-offline', true, true)).toBe('unreachable');
    expect(await ask('blocked', 'do-not-disturb', true, true)).toBe('unreachable');
    expect(await ask('none', 'do-not-disturb', true, true)).toBe('not-allowed');
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
