import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { testSdp } from '../../testkit/server/descriptions.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { startTestServer } from '../../testkit/server/start-test-server.ts';

it('every caller hears ring-back, and the callee is shown three calls: favourites first, then the newest', async () => {
  await using server = await startTestServer();
  const bob = await server.signUp('bob');
  const fay = await server.signUp('fay');
  const bobs = await server.phone(bob);
  const to = bob.account.userId;
  await bobs.request('contact:mark', { userId: fay.account.userId, favourite: true, ringsThrough: false });
  const invite = async (from: Phone): Promise<string> => {
    const callId = randomUUID();
    const offer = testSdp('offer');
    expect(await from.request('call:invite', { callId, to, media: 'audio', offer })).toMatchObject({
      ok: true,
    });
    return callId;
  };
  const rings = async (callId: string): Promise<string> => {
    const { from } = await bobs.next('call:incoming', (incoming) => incoming.callId === callId);
    await bobs.request('call:ringing', { callId });
    return from.username;
  };

  const fays = await invite(await server.phone(fay));
  expect(await rings(fays)).toBe('fay');
  const callers: { phone: Phone; callId: string }[] = [];
  for (let i = 0; i < 5; i += 1) {
    const phone = await server.phone(await server.signUp(`caller${String(i)}`));
    const callId = await invite(phone);
    callers.push({ phone, callId });
    expect(await rings(callId)).toBe(`caller${String(i)}`);
    const heard = await phone.next('call:state', (state) => state.callId === callId);
    expect(heard).toMatchObject({ state: 'ringing', alerting: true });
  }
  const ids = callers.map(({ callId }) => callId);
  const [fourth, fifth] = [ids[3] ?? '', ids[4] ?? ''];
  const shown = [fays, fifth, fourth];
  expect(await bobs.next('call:queue', ({ waiting }) => waiting === 3)).toMatchObject({ shown });
  const late = await server.phone(await server.signIn('bob'));
  const [ready] = late.all('session:ready');
  expect(ready?.ringing.map(({ callId }) => callId)).toEqual(shown);
  expect(ready?.queue).toMatchObject({ shown, waiting: 3 });

  // When a shown call ends, the new order is told first, then the call that has moved up.
  await bobs.request('call:end', { callId: fifth });
  const third = ids[2] ?? '';
  expect(await late.next('call:queue')).toMatchObject({ shown: [fays, fourth, third], waiting: 2 });
  expect(await late.next('call:incoming')).toMatchObject({ callId: third });

  await bobs.request('call:accept', { callId: fays, answer: testSdp('answer') });
  for (const { phone, callId } of callers.filter((each) => each.callId !== fifth)) {
    const ended = await phone.next(
      'call:state',
      (state) => state.callId === callId && state.state === 'ended',
    );
    expect(ended).toMatchObject({ reason: 'busy' });
  }
  expect([...bobs.violations, ...late.violations]).toEqual([]);
});

it('a call that is placed while a phone connects rings there', async () => {
  const meanwhile: (() => Promise<void>)[] = [];
  await using server = await startTestServer({
    deps: (deps) => ({
      ...deps,
      store: {
        ...deps.store,
        history: {
          ...deps.store.history,
          missed: async (userId) => {
            await meanwhile.pop()?.();
            return deps.store.history.missed(userId);
          },
        },
      },
    }),
  });
  const bob = await server.signUp('bob');
  await server.phone(bob);
  const adas = await server.phone(await server.signUp('ada'));
  const callId = randomUUID();
  const invite = { callId, to: bob.account.userId, media: 'audio', offer: testSdp('offer') } as const;
  meanwhile.push(async () => {
    expect(await adas.request('call:invite', invite)).toMatchObject({ ok: true });
  });
  const late = await server.phone(await server.signIn('bob'));
  expect(late.all('session:ready').map(({ queue }) => queue.shown)).toEqual([[]]);
  expect((await late.next('call:queue')).shown).toEqual([callId]);
});
