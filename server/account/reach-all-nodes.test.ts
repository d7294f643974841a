import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { OperatorChange } from './operator-store.ts';
import { reachAllNodes } from './reach-all-nodes.ts';

it.each([true, false])(
  'tells phones here, and records the change when others may not hear (live: %s)',
  async (isUp) => {
    const told: unknown[] = [];
    const words: OperatorChange[] = [];
    const endings = reachAllNodes(
      {
        onSignedOut: (identity) => Promise.resolve(void told.push(identity)),
        onDeleted: (userId) => Promise.resolve(void told.push(userId)),
      },
      {
        live: { isUp: () => isUp },
        operator: { recordChange: (change) => Promise.resolve(void words.push(change)) },
        clock: { now: () => 1 },
      },
    );
    const identity = { userId: randomUUID(), sessionId: randomUUID() };
    await endings.onSignedOut(identity);
    await endings.onDeleted(identity.userId);
    expect(told).toEqual([identity, identity.userId]);
    expect(words).toEqual(
      isUp
        ? []
        : [
            { kind: 'session-revoked', ...identity },
            { kind: 'account-deleted', userId: identity.userId },
          ],
    );
  },
);
