import { describe, expect, it, vi } from 'vitest';
import type { SignalingListener } from '../connection/signaling-types.ts';
import { Idleness } from './idleness.ts';

const setUp = (query: () => Promise<{ idle: boolean }>) => {
  const shown: boolean[] = [];
  const idleness = new Idleness(query, (idle) => shown.push(idle));
  const reports: { idle: boolean; signal: AbortSignal | undefined }[] = [];
  let ready: (() => void) | undefined;
  idleness.attach({
    on: (_event, listener) => {
      // Only `session:ready` is listened to, and nothing of it is read.
      ready = listener as SignalingListener<'session:ready'> & (() => void);
    },
    request: (_event, payload, signal) => {
      reports.push({ idle: 'idle' in payload && payload.idle, signal });
      return new Promise(() => undefined);
    },
  });
  return {
    idleness,
    reports,
    shown,
    told: () => reports.map(({ idle }) => idle),
    connected: () => ready?.(),
  };
};

const never = () => new Promise<never>(() => undefined);

describe('Idleness', () => {
  it('tells the server of changes only', () => {
    const { idleness, told } = setUp(never);
    for (const idle of [false, true, true, false]) idleness.set(idle);
    expect(told()).toEqual([true, false]);
  });

  it('shows this machine’s pages, connected or not', () => {
    const { idleness, shown } = setUp(never);
    for (const idle of [true, false]) idleness.set(idle);
    expect(shown).toEqual([true, false]);
  });

  it('takes back a report that nobody has answered when it is out of date', () => {
    const { idleness, reports } = setUp(never);
    idleness.set(true);
    idleness.set(false);
    expect(reports.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
  });

  it('tells what is so in the handshake, and reports it no second time', () => {
    const { idleness, told } = setUp(never);
    idleness.set(true);
    expect(idleness.tellInHandshake()).toBe(true);
    idleness.set(true);
    expect(told()).toEqual([true]);
  });

  it('asks the browser at each connection, for changes that nobody told', async () => {
    const { connected, told } = setUp(() => Promise.resolve({ idle: true }));
    connected();
    await vi.waitFor(() => {
      expect(told()).toEqual([true]);
    });
  });

  it('keeps what it knows when nobody can be asked', async () => {
    const { idleness, connected, told } = setUp(() => Promise.reject(new Error('no answer')));
    idleness.set(true);
    connected();
    await Promise.resolve();
    expect(idleness.tellInHandshake()).toBe(true);
    expect(told()).toEqual([true]);
  });
});
