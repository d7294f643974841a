import { figure } from '../support/figure.ts';
import { gathered } from '../support/held-probe.ts';
import { whatIsLeft, type Left } from '../support/memory-probe.ts';
import type { Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';
import { until } from '../support/until.ts';
import { WatchedPair } from '../support/watched-pair.ts';

/** Calls after which a phone has reached the size it keeps. */
const WARMED_UP = 20;
const MORE_CALLS = Number(process.env['SOAK_CALLS'] ?? 40);
const MIB = 1024 * 1024;

/** One call by commands alone, the way it goes by its number: who dials, with what, and how it ends. */
const oneCall = async ({ ada, grace }: WatchedPair, n: number): Promise<void> => {
  const [caller, callee] = n % 2 === 0 ? [ada, grace] : [grace, ada];
  const media = n % 3 === 0 ? 'video' : 'audio';
  const { contacts } = await caller.snapshot();
  const userId = contacts.find(({ displayName }) => displayName === callee.name)?.userId ?? '';
  expect(await caller.ask('dial', { userId, media })).toEqual({ ok: true });
  await until(async () => (await callee.snapshot()).incoming.length > 0, { what: 'ringing' });
  const settled = (): Promise<unknown> => Promise.all([gathered(caller.phone), gathered(callee.phone)]);
  if (n % 10 === 8) {
    await settled();
    await callee.ask('decline', {});
  } else if (n % 10 === 9) {
    await settled();
    await caller.ask('hang-up', {});
  } else {
    await callee.ask('accept', {});
    await Promise.all([caller.connected(), callee.connected()]);
    // Long enough for the camera's full size and for the statistics, now and then.
    if (n % 10 === 0) await expect.poll(() => upFor(caller)).toBeGreaterThan(2_500);
    await settled();
    await (n % 4 < 2 ? caller : callee).ask('hang-up', {});
  }
  for (const person of [caller, callee]) {
    await until(async () => (await person.snapshot()).incoming.length === 0, { what: 'no ringing' });
    await person.reset({ keepPages: true });
  }
};

const upFor = async (person: Person): Promise<number> => {
  const { call } = await person.snapshot();
  return call?.phase.kind === 'active' ? Date.now() - call.phase.connectedAt : 0;
};

const report = (name: string, before: Left, after: Left): void => {
  const text = `listeners ${String(before.listeners)} → ${String(after.listeners)}, pages ${(before.pagesHeap / MIB).toFixed(2)} → ${(after.pagesHeap / MIB).toFixed(2)} MiB, worker ${(before.workerHeap / MIB).toFixed(2)} → ${(after.workerHeap / MIB).toFixed(2)} MiB, connections ${String(after.connections)}, live tracks ${String(after.liveTracks)}`;
  figure(name, text);
};

test(`${String(WARMED_UP)} calls and ${String(MORE_CALLS)} more leave nothing behind`, async ({
  closing,
}) => {
  test.setTimeout((WARMED_UP + MORE_CALLS) * 5_000 + 60_000);
  const pair = closing(await WatchedPair.open());
  const people = [pair.ada, pair.grace];
  for (const person of people) {
    await person.openPage('call-window');
    await person.popup.bringToFront();
  }
  for (let n = 0; n < WARMED_UP; n++) await oneCall(pair, n);
  const before = [await whatIsLeft(pair.ada), await whatIsLeft(pair.grace)];
  for (let n = 0; n < MORE_CALLS; n++) await oneCall(pair, n);
  for (const [index, person] of people.entries()) {
    const then = before[index];
    if (!then) throw new Error('two people');
    // What was closed last may be let go by a later collection only; what has leaked is never let go.
    await expect(async () => {
      const now = await whatIsLeft(person);
      report(person.name, then, now);
      expect(now).toMatchObject({ listeners: then.listeners, connections: 0, liveTracks: 0 });
      expect(now.pagesHeap - then.pagesHeap, 'what the pages grew').toBeLessThanOrEqual(MIB);
      expect(now.workerHeap - then.workerHeap, 'what the worker grew').toBeLessThanOrEqual(MIB);
    }, `what is left at ${person.name}`).toPass({ timeout: 20_000 });
  }
});
