import { describe, expect, it } from 'vitest';
import { RelayWatch } from './relay-watch.ts';

const STUN = { urls: ['stun:s.example'] };
const TURN = { urls: ['turn:t.example'], username: 'u', credential: 'c', expiresIn: 3_600_000 };
const url = 'turn:t.example:3478?transport=udp';

const watch = () => {
  let now = 1_000;
  return { relay: new RelayWatch({ now: () => now }), pass: (ms: number) => (now += ms) };
};

describe('why there is no path', () => {
  it('follows from what there was to try', () => {
    const { relay } = watch();
    expect(relay.problem).toBeNull();
    relay.use([STUN], { relayOnly: false });
    expect(relay.problem).toBe('no-relay');
    relay.use([STUN], { relayOnly: true });
    expect(relay.problem).toBe('hidden-without-relay');
    relay.use([STUN, TURN], { relayOnly: false });
    expect(relay.problem).toBe('relay-unreachable');
    relay.failed({ url, errorCode: 701 });
    relay.failed({ url: 'stun:s.example', errorCode: 400 });
    expect(relay.problem).toBe('relay-unreachable');
    relay.failed({ url, errorCode: 401 });
    expect(relay.problem).toBe('relay-refused');
    relay.found('candidate:1 1 udp 1 192.0.2.1 1 typ srflx raddr 0.0.0.0 rport 0');
    expect(relay.problem).toBe('relay-refused');
    relay.found('candidate:1 1 udp 1 192.0.2.1 1 typ relay raddr 0.0.0.0 rport 0');
    expect(relay.problem).toBe('no-path');
  });
});

describe('credentials', () => {
  it('count as expired a minute early, and never where there are none', () => {
    const { relay, pass } = watch();
    relay.use([STUN, TURN], { relayOnly: false });
    pass(3_600_000 - 60_001);
    expect(relay.lapsed).toBe(false);
    pass(1);
    expect(relay.lapsed).toBe(true);
    relay.use([STUN], { relayOnly: false });
    pass(24 * 3_600_000);
    expect(relay.lapsed).toBe(false);
  });

  it('that are refused count as expired if they have been good for a while, and as wrong if they are new', () => {
    const { relay, pass } = watch();
    relay.use([TURN], { relayOnly: false });
    pass(14_999);
    relay.failed({ url, errorCode: 401 });
    expect(relay.lapsed).toBe(false);
    pass(1);
    expect(relay.lapsed).toBe(true);
    relay.use([TURN], { relayOnly: false });
    expect(relay.lapsed).toBe(false);
  });
});
