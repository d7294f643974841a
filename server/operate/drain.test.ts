import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { portOf, run, started } from '../../testkit/server/server-process.ts';
import { temporaryFolder } from '../../testkit/server/temporary-folder.ts';
import { createTestPeople, type TestPeople } from '../../testkit/server/test-people.ts';

const CALLS = 8;

interface Side {
  who: SignedIn;
  phone: Phone;
}

interface RunningCall {
  callId: string;
  caller: Side;
  callee: Side;
  /** How far the call has come. */
  state: 'connecting' | 'active';
}

const signUp = async (people: TestPeople, name: string): Promise<Side> => {
  const who = await people.signUp(name);
  return { who, phone: await people.phone(who) };
};

const placeCall = async (people: TestPeople, i: number): Promise<RunningCall> => {
  const [caller, callee] = [await signUp(people, `ada${String(i)}`), await signUp(people, `bob${String(i)}`)];
  const callId = randomUUID();
  const invite = { callId, to: callee.who.account.userId, media: 'video', offer: testSdp('offer') } as const;
  expect(await caller.phone.request('call:invite', invite)).toMatchObject({ ok: true });
  const accepted = await callee.phone.request('call:accept', { callId, answer: testSdp('answer') });
  expect(accepted).toMatchObject({ ok: true });
  // One call in four has been answered and is not connected yet.
  if (i % 4 === 3) return { callId, caller, callee, state: 'connecting' };
  expect(await caller.phone.request('call:connected', { callId })).toMatchObject({ ok: true });
  return { callId, caller, callee, state: 'active' };
};

/** Connects the same phone, which holds its call, to the restarted server. */
const comeBack = async (people: TestPeople, side: Side, callId: string): Promise<Phone> =>
  people.phone(side.who, { instanceId: side.phone.instanceId, callId });

describe('a restart', () => {
  it('replaces a running server without losing one of its calls', async () => {
    const folder = temporaryFolder();
    const env = { RATE_LIMIT_FACTOR: '1000' };
    const first = run(folder, env);
    await started(first);
    const before = createTestPeople(`http://127.0.0.1:${portOf(first)}`);
    const calls = await Promise.all(Array.from({ length: CALLS }, (_, i) => placeCall(before, i)));
    const phones = calls.flatMap(({ caller, callee }) => [caller.phone, callee.phone]);

    const closed = phones.map((phone) => phone.closed());
    first.process.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    expect(new Set(await Promise.all(closed))).toEqual(new Set(['transport close']));
    for (const phone of phones) {
      const [draining] = phone.all('server:draining');
      expect(draining?.reconnectIn).toBeGreaterThan(0);
      expect(phone.all('call:state').filter(({ state }) => state === 'ended')).toEqual([]);
    }

    const second = run(folder, env);
    await started(second);
    const after = createTestPeople(`http://127.0.0.1:${portOf(second)}`);
    for (const { callId, caller, callee, state } of calls) {
      const [from, to] = [await comeBack(after, caller, callId), await comeBack(after, callee, callId)];
      for (const phone of [from, to]) {
        expect(await phone.request('call:resume', { callId })).toMatchObject({ ok: true, state });
      }
      if (state === 'connecting') {
        expect(await to.request('call:connected', { callId })).toMatchObject({ ok: true });
        expect((await from.next('call:state')).state).toBe('active');
      }
      // It is a call as any other: both hear of its end, once and with one reason.
      expect(await to.request('call:end', { callId })).toMatchObject({ ok: true });
      for (const phone of [from, to]) {
        const end = await phone.next('call:state', ({ state: now }) => now === 'ended');
        expect(end).toMatchObject({ callId, reason: 'hung-up' });
        expect(phone.violations).toEqual([]);
      }
    }
    before.close();
    after.close();
  });
});
