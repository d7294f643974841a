import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../protocol/limits.ts';
import { CandidateBatcher, type CandidateBatch, type FoundCandidate } from './candidate-batcher.ts';
import { ManualClock } from '../../testkit/rtc/manual-clock.ts';

const found = (
  port: number,
  { address = '192.0.2.7', ufrag = 'abcd', protocol = 'udp', type = 'host' } = {},
): FoundCandidate => ({
  candidate: `candidate:1 1 ${protocol} 2122194687 ${address} ${port} typ ${type} generation 0 ufrag ${ufrag}`,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: ufrag,
});

const typeOf = (candidate: string): string => / typ (\w+)/.exec(candidate)?.[1] ?? '';

const setUp = (): { clock: ManualClock; batches: CandidateBatch[]; batcher: CandidateBatcher } => {
  const clock = new ManualClock();
  const batches: CandidateBatch[] = [];
  const batcher = new CandidateBatcher(clock, (batch) => batches.push(batch));
  return { clock, batches, batcher };
};

describe('CandidateBatcher', () => {
  it('sends host candidates together within milliseconds, and later ones together', async () => {
    const { clock, batches, batcher } = setUp();
    batcher.add(found(1));
    batcher.add(found(2));
    await clock.pass(5);
    expect(batches.map(({ candidates }) => candidates.length)).toEqual([2]);
    batcher.add(found(3));
    await clock.pass(40);
    batcher.add(found(4));
    await clock.pass(40);
    expect(batches).toHaveLength(1);
    await clock.pass(40);
    expect(batches.map(({ candidates }) => candidates.length)).toEqual([2, 2]);
    expect(clock.waiting).toBe(0);
  });

  it('waits no longer when gathering is complete, and sends no empty batch', async () => {
    const { clock, batches, batcher } = setUp();
    batcher.flush();
    batcher.add(found(1));
    batcher.flush();
    batcher.flush();
    await clock.pass(1_000);
    expect(batches).toEqual([
      { ufrag: 'abcd', candidates: [{ candidate: found(1).candidate, sdpMid: '0', sdpMLineIndex: 0 }] },
    ]);
  });

  it('leaves out what the other side would refuse, and the end of candidates', () => {
    const { batches, batcher } = setUp();
    batcher.add(found(1, { address: '127.0.0.1' }));
    batcher.add(found(2, { address: 'printer.example.org' }));
    batcher.add({ ...found(3), candidate: '' });
    batcher.add({ ...found(4), usernameFragment: null });
    batcher.flush();
    expect(batches).toEqual([]);
  });

  it('keeps room for the relay, however many interfaces the machine has', () => {
    const { batches, batcher } = setUp();
    for (let port = 1; port <= 20; port++) {
      batcher.add(found(port));
      batcher.add(found(port, { protocol: 'tcp' }));
    }
    batcher.flush();
    for (let port = 41; port <= 60; port++) batcher.add(found(port, { type: 'srflx' }));
    batcher.add(found(61, { type: 'relay' }));
    batcher.flush();
    const types = batches.map(({ candidates }) => candidates.map(({ candidate }) => typeOf(candidate)));
    expect(types.map((of) => of.length)).toEqual([10, 7]);
    expect(types[1]?.at(-1)).toBe('relay');
  });

  it('sends no more in a generation than the other side takes', () => {
    const { batches, batcher } = setUp();
    for (let port = 1; port <= 40; port++) {
      for (const type of ['relay', 'srflx', 'host'] as const) batcher.add(found(port, { type }));
      batcher.add(found(port, { protocol: 'tcp' }));
    }
    batcher.flush();
    expect(batches.map(({ candidates }) => candidates.length)).toEqual([24]);
    expect(LIMITS.candidatesPerGeneration).toBeGreaterThanOrEqual(24);
  });

  it('begins anew with a new generation and drops what is left of the old one', async () => {
    const { clock, batches, batcher } = setUp();
    batcher.add(found(1));
    batcher.add(found(2, { ufrag: 'efgh' }));
    await clock.pass(5);
    expect(batches.map(({ ufrag, candidates }) => [ufrag, candidates.length])).toEqual([['efgh', 1]]);
  });

  it('sends nothing after it is stopped', async () => {
    const { clock, batches, batcher } = setUp();
    batcher.add(found(1));
    batcher.stop();
    await clock.pass(1_000);
    expect(batches).toEqual([]);
    expect(clock.waiting).toBe(0);
  });
});
