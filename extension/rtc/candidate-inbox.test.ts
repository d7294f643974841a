import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../protocol/calls/candidate.ts';
import { CandidateInbox } from './candidate-inbox.ts';

const some = (count: number, first = 1): Candidate[] =>
  Array.from({ length: count }, (_, i) => ({
    candidate: `candidate:1 1 udp 1 192.0.2.7 ${first + i} typ host`,
    sdpMid: '0',
    sdpMLineIndex: 0,
  }));

describe('CandidateInbox', () => {
  it('keeps early candidates until their description is there', () => {
    const inbox = new CandidateInbox();
    expect(inbox.receive('aaaa', some(2))).toEqual([]);
    expect(inbox.receive('aaaa', some(1, 3))).toEqual([]);
    expect(inbox.open('aaaa')).toEqual(some(3));
    expect(inbox.receive('aaaa', some(1, 4))).toEqual(some(1, 4));
  });

  it('drops candidates of a former generation', () => {
    const inbox = new CandidateInbox();
    inbox.open('aaaa');
    inbox.open('bbbb');
    expect(inbox.receive('aaaa', some(1))).toEqual([]);
    expect(inbox.open('cccc')).toEqual([]);
    expect(inbox.receive('bbbb', some(1))).toEqual([]);
  });

  it('passes at most 30 a generation, early ones counted', () => {
    const inbox = new CandidateInbox();
    inbox.receive('aaaa', some(20));
    expect(inbox.open('aaaa')).toHaveLength(20);
    expect(inbox.receive('aaaa', some(20, 21))).toHaveLength(10);
    expect(inbox.receive('aaaa', some(1, 41))).toEqual([]);
    inbox.receive('bbbb', some(30));
    inbox.receive('bbbb', some(30, 31));
    expect(inbox.open('bbbb')).toEqual(some(30));
  });

  it('counts on when the same description is applied again', () => {
    const inbox = new CandidateInbox();
    inbox.open('aaaa');
    expect(inbox.receive('aaaa', some(30))).toHaveLength(30);
    expect(inbox.open('aaaa')).toEqual([]);
    expect(inbox.receive('aaaa', some(1))).toEqual([]);
  });

  it('keeps only two generations that nobody has described', () => {
    const inbox = new CandidateInbox();
    for (const ufrag of ['aaaa', 'bbbb', 'cccc']) inbox.receive(ufrag, some(1));
    expect(inbox.open('aaaa')).toEqual([]);
    expect(inbox.open('cccc')).toEqual(some(1));
  });
});
