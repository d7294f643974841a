import { afterEach, expect, it, vi } from 'vitest';
import { PendingSignOuts } from './pending-sign-outs.ts';
import type { LeftSignIn } from './stored-sign-in.ts';

const createStore = () => {
  let kept: LeftSignIn[] = [];
  return {
    left: () => Promise.resolve(kept),
    keepLeft: (one: LeftSignIn) => Promise.resolve(void (kept = [...kept, one])),
    dropLeft: ({ token }: LeftSignIn) =>
      Promise.resolve(void (kept = kept.filter((one) => one.token !== token))),
  };
};

afterEach(() => {
  vi.unstubAllGlobals();
});

it('sends what is added while it is sending', async () => {
  const store = createStore();
  const heard: string[] = [];
  let answerFirst = (): void => undefined;
  vi.stubGlobal('fetch', async (_url: unknown, { headers }: { headers: HeadersInit }) => {
    heard.push(new Headers(headers).get('authorization') ?? '');
    if (heard.length === 1) await new Promise<void>((resolve) => (answerFirst = resolve));
    return new Response(null, { status: 204 });
  });
  const signOuts = new PendingSignOuts(store);
  await signOuts.add({ serverUrl: 'https://call.example', token: 'one' });
  void signOuts.send();
  await vi.waitFor(() => {
    expect(heard).toHaveLength(1);
  });
  await signOuts.add({ serverUrl: 'https://call.example', token: 'two' });
  const sent = signOuts.send();
  answerFirst();
  await sent;
  expect(heard).toEqual(['Bearer one', 'Bearer two']);
  expect(await store.left()).toEqual([]);
});
