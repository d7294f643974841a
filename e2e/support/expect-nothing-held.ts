import { expect } from '@playwright/test';
import { heldBy, type Held } from './held-probe.ts';
import type { Person } from './person.ts';
import { until } from './until.ts';

/** Expects that a phone without a call holds no more than it held at `before`, when it had no call either. */
export const expectNothingHeld = async (person: Person, before: Held): Promise<void> => {
  const { call } = await until(
    async () => {
      const snapshot = await person.snapshot();
      const over = snapshot.call === null || snapshot.call.phase.kind === 'ended';
      return over && snapshot.incoming.length === 0 && snapshot;
    },
    { what: `the end of ${person.name}’s call` },
  );
  if (call) await person.ask('dismiss', { callId: call.callId });
  // The short end-of-call tone is allowed to finish.
  await expect
    .poll(() => heldBy(person.phone), { message: `what ${person.name}’s phone holds` })
    .toEqual(before);
};
