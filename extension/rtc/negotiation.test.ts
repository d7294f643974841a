import { describe, expect, it } from 'vitest';
import type { Signal } from '../../protocol/calls/signal.ts';
import { Negotiation } from './negotiation.ts';
import { Outbox } from './outbox.ts';
import { SerialQueue } from './serial-queue.ts';
import { ManualClock } from '../../testkit/rtc/manual-clock.ts';

const sdp = (ufrag: string): string => `v=0\r\na=ice-ufrag:${ufrag}\r\n`;

/** What Negotiation uses of a connection; the browser test runs it on a real one. */
const fakeConnection = () => {
  let made = 0;
  const connection = {
    signalingState: 'stable',
    remoteDescription: null as RTCSessionDescriptionInit | null,
    /** Descriptions that the browser was given to work on. */
    worked: 0,
    setConfiguration: () => undefined,
    addIceCandidate: () => Promise.resolve(),
    createAnswer: () => Promise.resolve({ type: 'answer', sdp: sdp(`own${String((made += 1))}`) }),
    setLocalDescription: () => Promise.resolve(),
    setRemoteDescription(description: RTCSessionDescriptionInit) {
      connection.worked += 1;
      connection.remoteDescription = description;
      return Promise.resolve();
    },
  };
  return connection;
};

/** An established call, as its callee. */
const setUp = async () => {
  const clock = new ManualClock();
  const connection = fakeConnection();
  const sent: Signal[] = [];
  const negotiation = new Negotiation({
    connection: connection as unknown as RTCPeerConnection,
    polite: true,
    clock,
    slots: { create: () => undefined, adopt: () => undefined },
    queue: new SerialQueue(new AbortController().signal),
    outbox: new Outbox((signal) => sent.push(signal)),
    relayOnly: () => false,
  });
  await negotiation.prepareAnswer(sdp('their'));
  await negotiation.startAnswer([]);
  connection.worked = 0;
  sent.length = 0;
  return { clock, connection, sent, negotiation };
};

const offer = (seq: number): Signal => ({
  kind: 'description',
  seq,
  ufrag: 'their',
  description: { type: 'offer', sdp: sdp(`t${String(seq)}`) },
});

describe('Negotiation', () => {
  it('follows a side whose network comes and goes for an hour, and whose signals arrive twice', async () => {
    const { clock, connection, negotiation } = await setUp();
    for (let seq = 0; seq < 450; seq += 1) {
      await negotiation.handle(offer(seq));
      await negotiation.handle(offer(seq));
      clock.sleep(8_000);
    }
    expect(connection.worked).toBe(450);
  });

  it('works on a bounded number of offers a minute, however many come', async () => {
    const { clock, connection, sent, negotiation } = await setUp();
    for (let i = 0; i < 6_000; i += 1) {
      await negotiation.handle(offer(i));
      clock.sleep(10);
    }
    expect(connection.worked).toBeLessThan(100);
    expect(sent.length).toBeLessThan(100);
  });

  it('repeats its answer a bounded number of times, too', async () => {
    const { clock, sent, negotiation } = await setUp();
    for (let i = 0; i < 6_000; i += 1) {
      await negotiation.handle(offer(0));
      clock.sleep(10);
    }
    expect(sent.length).toBeLessThan(100);
  });

  it('takes a description that it refused when it comes again later', async () => {
    const { clock, connection, negotiation } = await setUp();
    for (let seq = 0; seq < 200; seq += 1) await negotiation.handle(offer(seq));
    clock.sleep(60_000);
    const before = connection.worked;
    await negotiation.handle(offer(199));
    expect(connection.worked).toBe(before + 1);
  });
});
