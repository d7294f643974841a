import { describe, expect, it } from 'vitest';
import type { Signal } from '../../protocol/calls/signal.ts';
import { Outbox } from './outbox.ts';

describe('Outbox', () => {
  it('counts up, and repeats the current generation under the same numbers', () => {
    const delivered: [number, string][] = [];
    const outbox = new Outbox((signal: Signal) => delivered.push([signal.seq, signal.ufrag]));
    outbox.send({ kind: 'candidates', ufrag: 'aaaa', candidates: [] });
    outbox.send({ kind: 'description', ufrag: 'bbbb', description: { type: 'offer', sdp: '' } });
    outbox.send({ kind: 'candidates', ufrag: 'bbbb', candidates: [] });
    outbox.repeat();
    expect(delivered).toEqual([
      [0, 'aaaa'],
      [1, 'bbbb'],
      [2, 'bbbb'],
      [1, 'bbbb'],
      [2, 'bbbb'],
    ]);
  });

  it('repeats also what went by another way', () => {
    const delivered: number[] = [];
    const outbox = new Outbox((signal: Signal) => delivered.push(signal.seq));
    outbox.keep({ kind: 'description', ufrag: 'aaaa', description: { type: 'answer', sdp: '' } });
    expect(delivered).toEqual([]);
    outbox.repeat();
    expect(delivered).toEqual([0]);
  });
});
