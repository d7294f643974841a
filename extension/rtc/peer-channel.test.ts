import { describe, expect, it } from 'vitest';
import type { PeerMessage } from '../../protocol/data-channel.ts';
import { PeerChannel } from './peer-channel.ts';
import { ManualClock } from './testing/manual-clock.ts';

/** What PeerChannel uses of a data channel; the browser test runs it on a real one. */
class FakeChannel extends EventTarget {
  readyState: RTCDataChannelState = 'connecting';
  bufferedAmount = 0;
  readonly sent: unknown[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text));
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
  channel: PeerChannel;
  end: AbortController;
} => {
  const clock = new ManualClock();
  const fake = new FakeChannel();
  const messages: PeerMessage[] = [];
  const end = new AbortController();
  const channel = new PeerChannel({
    connection: { createDataChannel: () => fake as unknown as RTCDataChannel },
    clock,
    onMessage: (message) => messages.push(message),
    signal: end.signal,
  });
  return { clock, fake, messages, channel, end };
};

const state = { microphone: true, camera: false, screen: false };

describe('PeerChannel', () => {
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

  it('beats every second while it is open and not stuck, until it is ended', async () => {
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

  it('says so when nothing could be sent', () => {
    const { fake, channel } = setUp();
    expect(channel.send({ kind: 'hang-up' })).toBe(false);
    fake.open();
    expect(channel.send({ kind: 'hang-up' })).toBe(true);
  });
});
