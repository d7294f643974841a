import { describe, expect, it } from 'vitest';
import type { PeerMessage } from '../../protocol/calls/data-channel.ts';
import { PeerChannel } from './peer-channel.ts';
import { ManualClock } from '../../testkit/rtc/manual-clock.ts';

/** What PeerChannel uses of a data channel; the browser test runs it on a real one. */
class FakeChannel extends EventTarget {
  readyState: RTCDataChannelState = 'connecting';
  bufferedAmount = 0;
  readonly sent: unknown[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = 'closed';
  }

  open(): void {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }

  receive(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const setUp = (): {
  clock: ManualClock;
  fake: FakeChannel;
  messages: PeerMessage[];
  floods: number[];
  channel: PeerChannel;
  end: AbortController;
} => {
  const clock = new ManualClock();
  const fake = new FakeChannel();
  const messages: PeerMessage[] = [];
  const floods: number[] = [];
  const end = new AbortController();
  const channel = new PeerChannel({
    connection: { createDataChannel: () => fake as unknown as RTCDataChannel },
    clock,
    onMessage: (message) => messages.push(message),
    onFlood: (dropped) => floods.push(dropped),
    signal: end.signal,
  });
  return { clock, fake, messages, floods, channel, end };
};

/** A message of that length. */
const stateOf = ({ length }: { length: number }): string =>
  '{"kind":"state","microphone":true,"camera":true,"screen":false}'.padEnd(length);

const state = { microphone: true, camera: false, screen: false };

describe('PeerChannel', () => {
  it('survives a channel that closes while something is sent, because hanging up must release the call', () => {
    const { fake, channel } = setUp();
    fake.open();
    fake.send = () => {
      throw new DOMException('closed meanwhile', 'InvalidStateError');
    };
    expect(channel.send({ kind: 'hang-up' })).toBe(false);
  });

  it('tells the last state as soon as it opens, and each later one at once', () => {
    const { fake, channel } = setUp();
    channel.announce({ ...state, microphone: false });
    channel.announce(state);
    expect(fake.sent).toEqual([]);
    fake.open();
    expect(fake.sent).toEqual([{ kind: 'state', ...state }, { kind: 'heartbeat' }]);
    channel.announce({ ...state, camera: true });
    expect(fake.sent.at(-1)).toEqual({ kind: 'state', ...state, camera: true });
  });

  it('sends a heartbeat every second while it is open and not stuck, until it is ended', async () => {
    const { clock, fake, end } = setUp();
    fake.open();
    await clock.pass(3_000);
    expect(fake.sent).toHaveLength(4);
    fake.bufferedAmount = 5_000;
    await clock.pass(3_000);
    expect(fake.sent).toHaveLength(4);
    fake.bufferedAmount = 0;
    await clock.pass(1_000);
    expect(fake.sent).toHaveLength(5);
    end.abort();
    expect(clock.waiting).toBe(0);
  });

  it('passes on what fits the schema and ignores the rest', () => {
    const { fake, messages } = setUp();
    fake.receive('{"kind":"hang-up"}');
    fake.receive('{"kind":"hang-up","more":1}');
    fake.receive('{"kind":"unheard-of"}');
    fake.receive('{');
    fake.receive(new ArrayBuffer(4));
    fake.receive(`{"kind":"heartbeat"${' '.repeat(70_000)}}`);
    expect(messages).toEqual([{ kind: 'hang-up' }]);
  });

  it('takes what a call needs for as long as it lasts', () => {
    const { clock, fake, messages, floods } = setUp();
    // A heartbeat each second, and each eighth second a search for a path: its description and candidates.
    for (let second = 0; second < 3_600; second += 1) {
      fake.receive('{"kind":"heartbeat"}');
      if (second % 8 === 0) for (let i = 0; i < 8; i += 1) fake.receive(stateOf({ length: 16_384 }));
      clock.sleep(1_000);
    }
    expect([messages.length, floods]).toEqual([3_600 + 450 * 8, []]);
  });

  it.each([
    ['messages', '{"kind":"heartbeat"}', 100],
    ['bytes', stateOf({ length: 60_000 }), 5],
    ['what is no message', '{', 0],
  ])('drops %s above a rate', (_what, text, most) => {
    const { clock, fake, messages, floods } = setUp();
    for (let i = 0; i < 150; i += 1) fake.receive(text);
    expect(messages.length).toBeLessThanOrEqual(most);
    clock.sleep(10_000);
    fake.receive('{"kind":"hang-up"}');
    expect(messages.at(-1)).toEqual({ kind: 'hang-up' });
    expect(floods).toEqual([]);
  });

  it('closes for a side that goes on, reports that once, and hears and sends nothing more', () => {
    const { clock, fake, messages, floods, channel } = setUp();
    fake.open();
    for (let second = 0; second < 30; second += 1) {
      for (let i = 0; i < 1_000; i += 1) fake.receive('{"kind":"reconnecting","on":true}');
      clock.sleep(1_000);
    }
    expect(floods).toEqual([expect.any(Number)]);
    expect(floods[0]).toBeGreaterThan(100);
    expect(fake.readyState).toBe('closed');
    expect(messages.length).toBeLessThan(200);
    clock.sleep(600_000);
    fake.receive('{"kind":"heartbeat"}');
    expect(messages.at(-1)?.kind).toBe('reconnecting');
    expect(channel.send({ kind: 'hang-up' })).toBe(false);
  });

  it('says so when nothing could be sent', () => {
    const { fake, channel } = setUp();
    expect(channel.send({ kind: 'hang-up' })).toBe(false);
    fake.open();
    expect(channel.send({ kind: 'hang-up' })).toBe(true);
  });
});
