import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { createAsk } from './asking.ts';
import { MemoryBrowser } from '../../testkit/ipc/memory-runtime.ts';
import { routeMessages, type Handlers } from './router.ts';

interface Sums {
  add(payload: { a: number; b: number }): Promise<number>;
  fail(payload: object): Promise<void>;
}

const handlers: Handlers<Sums> = {
  add: ({ a, b }) => a + b,
  fail: () => Promise.reject(new TypeError('no')),
};

const setUp = () => {
  const browser = new MemoryBrowser();
  const page = browser.context();
  const failures: string[] = [];
  const makePhone = () => {
    const runtime = browser.context();
    routeMessages<Sums>(runtime, 'phone', handlers, (name) => failures.push(name));
    return runtime;
  };
  return { browser, page, failures, makePhone };
};

describe('asking and answering', () => {
  it('returns the result, typed by the protocol', async () => {
    const { page, makePhone } = setUp();
    makePhone();
    const ask = createAsk<Sums>({ runtime: page, target: 'phone' });
    expect(await ask('add', { a: 1, b: 2 })).toBe(3);
    expectTypeOf(ask<'add'>).returns.resolves.toEqualTypeOf<number>();
    // @ts-expect-error -- not in the protocol
    await expect(ask('subtract', {})).rejects.toMatchObject({ code: 'unknown-message' });
  });

  it('returns a failure as a code, and reports it in the context where it happened', async () => {
    const { page, makePhone, failures } = setUp();
    makePhone();
    const ask = createAsk<Sums>({ runtime: page, target: 'phone' });
    await expect(ask('fail', {})).rejects.toMatchObject({ name: 'MessageError', code: 'handler-failed' });
    expect(failures).toEqual(['fail']);
  });

  it('ignores requests to another context', async () => {
    const { browser, page, makePhone } = setUp();
    makePhone();
    routeMessages<Sums>(browser.context(), 'background', { ...handlers, add: () => 42 }, vi.fn());
    expect(await createAsk<Sums>({ runtime: page, target: 'phone' })('add', { a: 1, b: 2 })).toBe(3);
    expect(await createAsk<Sums>({ runtime: page, target: 'background' })('add', { a: 1, b: 2 })).toBe(42);
  });

  it.each([
    ['a web page through a content script', { url: 'https://example.org/' }],
    ['another extension', { id: 'a'.repeat(32) }],
    ['a page of another extension', { url: `chrome-extension://${'a'.repeat(32)}/page.html` }],
    ['nobody known', { url: undefined }],
  ])('does not answer %s', async (_who, sender) => {
    const { browser, makePhone } = setUp();
    makePhone();
    const ask = createAsk<Sums>({ runtime: browser.context(sender), target: 'phone' });
    await expect(ask('add', { a: 1, b: 2 })).rejects.toMatchObject({ code: 'no-answer' });
  });

  it('is not confused by other messages', async () => {
    const { page, makePhone } = setUp();
    makePhone();
    for (const message of [
      null,
      'text',
      {},
      { target: 'phone' },
      { target: 'phone', name: 'add', payload: null },
    ]) {
      expect(await page.sendMessage(message)).toBeUndefined();
    }
    for (const name of ['constructor', 'toString', '__proto__']) {
      expect(await page.sendMessage({ target: 'phone', name, payload: {} })).toEqual({
        quickCall: 'failed',
        code: 'unknown-message',
      });
    }
  });

  it('wakes the other context only when it does not answer', async () => {
    const { page, makePhone } = setUp();
    const wake = vi.fn(() => {
      makePhone();
      return Promise.resolve();
    });
    const ask = createAsk<Sums>({ runtime: page, target: 'phone', wake });
    expect(await ask('add', { a: 1, b: 2 })).toBe(3);
    expect(await ask('add', { a: 2, b: 2 })).toBe(4);
    expect(wake).toHaveBeenCalledOnce();
  });

  it('gives up if waking does not help', async () => {
    const { page } = setUp();
    const ask = createAsk<Sums>({ runtime: page, target: 'phone', wake: () => Promise.resolve() });
    await expect(ask('add', { a: 1, b: 2 })).rejects.toMatchObject({ code: 'no-answer' });
  });
});
