import { expect, it, vi } from 'vitest';
import { UntoldEnd } from './untold-end.ts';

const callId = '10000000-0000-4000-8000-000000000000';
const END = { callId, lasted: 60_000 };

/** A server that answers when the test says so. */
const setUp = () => {
  const waiting = Promise.withResolvers<never>();
  const request = vi.fn(() => waiting.promise);
  return {
    request,
    acknowledge: () => {
      // The answer's type is that of whatever was asked.
      waiting.resolve({ ok: true, v: 5 } as never);
    },
  };
};

it('is kept until the server has acknowledged it', async () => {
  const untold = new UntoldEnd();
  const server = setUp();
  untold.tell(END, server);
  expect(server.request).toHaveBeenCalledWith('call:end', END);
  expect(untold.end).toEqual(END);
  server.acknowledge();
  await vi.waitFor(() => {
    expect(untold.end).toBeUndefined();
  });
});

it('is not kept for a call that never was up, nor while nobody is signed in', () => {
  const untold = new UntoldEnd();
  const server = setUp();
  untold.tell({ callId }, server);
  expect(server.request).toHaveBeenCalledOnce();
  untold.tell(END, null);
  expect(untold.end).toBeUndefined();
});

it('makes room for a later one', async () => {
  const untold = new UntoldEnd();
  const [first, second] = [setUp(), setUp()];
  untold.tell(END, first);
  const later = { callId: '20000000-0000-4000-8000-000000000000', lasted: 1 };
  untold.tell(later, second);
  first.acknowledge();
  await Promise.resolve();
  expect(untold.end).toEqual(later);
});
