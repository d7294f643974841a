import { describe, expect, it, vi } from 'vitest';
import type { Peer } from '../../../rtc/peer.ts';
import { LinkPeers } from './link-peers.ts';

const SAID = { microphone: true, camera: true, screen: false };

const setUp = (lineId: string | null = null) => {
  const made: {
    side: string;
    lineId: string | null;
    done: string[];
    say: (name: string, said: unknown) => void;
    peer: Peer;
  }[] = [];
  const onChange = vi.fn();
  const peers = new LinkPeers({
    side: 'caller',
    lineId,
    makePeer({ side, lineId }) {
      const done: string[] = [];
      const listeners = new Map<string, (said: unknown) => void>();
      const peer = {
        on: (name: string, listener: (said: unknown) => void) => listeners.set(name, listener),
        setTrack(slot: string, track: { id: string } | null) {
          done.push(`${slot} ${track?.id ?? 'nothing'}`);
          return Promise.resolve();
        },
        announce: () => done.push('announce'),
        hangUp: () => done.push('hang-up'),
        close: () => done.push('close'),
      };
      const one = {
        side,
        lineId,
        done,
        say: (name: string, said: unknown) => listeners.get(name)?.(said),
        // As much of a peer as is used here.
        peer: peer as unknown as Peer,
      };
      made.push(one);
      return one.peer;
    },
    onChange,
  });
  const track = { id: 'mic' } as MediaStreamTrack;
  return { peers, made, onChange, track };
};

describe('the connections of a call', () => {
  it('are one, made when it is needed', () => {
    const { peers, made } = setUp();
    expect(made).toHaveLength(0);
    expect(peers.find('other')).toBeUndefined();
    expect(peers.find(null)).toBe(made[0]?.peer);
    expect(peers.isCurrent(peers.current)).toBe(true);
    expect(made).toMatchObject([{ side: 'caller', lineId: null }]);
  });

  it('are two while another phone takes over: both send, one is heard', () => {
    const { peers, made, track } = setUp();
    peers.setTrack('microphone', track);
    peers.announce(SAID);
    const next = peers.succeed('l1');
    expect(peers.isCurrent(next)).toBe(false);
    expect(made.map(({ side, done }) => [side, ...done])).toEqual([
      ['caller', 'microphone mic', 'announce'],
      ['callee', 'microphone mic', 'announce'],
    ]);
    made[1]?.say('remoteMedia', SAID);
    expect(peers.remote).toBeNull();
    peers.hangUp();
    expect(made[1]?.done).not.toContain('hang-up');
    peers.switchOver();
    expect(peers.current).toBe(next);
    expect(peers.remote).toEqual({ ...SAID, reconnecting: false });
    made[1]?.say('remoteReconnecting', true);
    expect(peers.remote).toEqual({ ...SAID, reconnecting: true });
    expect(made[0]?.done.at(-1)).toBe('close');
    expect(peers.find(null)).toBeUndefined();
    expect(peers.find('l1')).toBe(next);
  });

  it('are one again when it does not work out, or when yet another phone comes', () => {
    const { peers, made } = setUp();
    const first = peers.current;
    peers.succeed('l1');
    peers.succeed('l2');
    expect(made[1]?.done).toEqual(['close']);
    peers.dropNext();
    peers.switchOver();
    expect(made[2]?.done).toEqual(['close']);
    expect(peers.current).toBe(first);
  });

  it('all close with the call', () => {
    const { peers, made } = setUp('l0');
    expect(peers.find('l0')).toBe(peers.current);
    peers.succeed('l1');
    peers.close();
    expect(made.map(({ done }) => done.at(-1))).toEqual(['close', 'close']);
  });
});
