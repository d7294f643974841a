import { describe, expect, it } from 'vitest';
import { BRANCHES, FAULT_KINDS, type CallRow, type Evidence } from '../evidence.ts';
import { checkEvidence } from './check-evidence.ts';

const [ADA, BOB, CYRIL] = ['ada', 'bob', 'cyril'];
const [ADAS, BOBS] = ['ada/1', 'bob/1'];

const call: CallRow = {
  callId: 'c1',
  callerId: ADA,
  calleeId: BOB,
  state: 'ended',
  reason: 'hung-up',
  endedAt: 2_000,
  traceless: false,
};
const later: CallRow = { ...call, callId: 'c2', calleeId: CYRIL, endedAt: 4_000 };
const message = { id: 'm1', from: ADA, to: BOB, text: 'hello', at: 1_500 };

const entriesOf = ({ callId, callerId, calleeId, reason }: CallRow) =>
  [callerId, calleeId].map((userId) => ({ userId, callId, reason: reason ?? '' }));

const [redisKilled, redisPaused] = [
  { kind: 'Redis killed, back empty', from: 10_000, until: 16_000 },
  { kind: 'Redis paused', from: 20_000, until: 30_000 },
] as const;
const faults: Evidence['faults'] = FAULT_KINDS.map(
  (kind) =>
    [redisKilled, redisPaused].find((fault) => fault.kind === kind) ?? { kind, from: 40_000, until: 45_000 },
);

const rested = { backAfter: 3_000, connection: 'online', call: null, ringing: 0 };

/** The evidence of a correct run. */
const good: Evidence = {
  held: [
    { userId: ADA, callId: 'c1', at: 1_000 },
    { userId: BOB, callId: 'c1', at: 1_100 },
    { userId: ADA, callId: 'c2', at: 2_000 },
    { userId: CYRIL, callId: 'c2', at: 2_300 },
  ],
  shownEnds: [
    { phone: ADAS, userId: ADA, callId: 'c1', reason: 'hung-up', unsure: false },
    { phone: BOBS, userId: BOB, callId: 'c1', reason: 'hung-up', unsure: false },
    { phone: 'bob/2', userId: BOB, callId: 'c1', reason: 'answered-elsewhere', unsure: false },
    { phone: ADAS, userId: ADA, callId: 'never placed', reason: 'cancelled', unsure: false },
    { phone: ADAS, userId: ADA, callId: 'c2', reason: 'server-error', unsure: true },
  ],
  acknowledgedEnds: ['c1'],
  invites: [
    { callId: 'c1', asked: 900, answered: 1_000, code: 'ok' },
    { callId: 'c3', asked: 12_000, answered: 12_010, code: 'unavailable' },
    { callId: 'c4', asked: 23_000, answered: 23_010, code: 'unavailable' },
  ],
  sent: [message],
  seenEntries: [{ userId: ADA, callId: 'c1', reason: 'hung-up' }],
  faults,
  runningCalls: FAULT_KINDS.map((fault) => ({ callId: 'c1', fault, after: ['active', 'active'] })),
  attempts: [redisKilled, redisPaused].flatMap((fault) =>
    (['sign-in', 'history'] as const).map((what) => ({
      fault: fault.kind,
      what,
      took: 50,
      at: fault.from + 1_000,
    })),
  ),
  violations: [],
  phones: [
    { phone: ADAS, ...rested },
    { phone: BOBS, ...rested },
  ],
  shown: [{ phone: ADAS, userId: BOB, status: 'available', expected: 'available' }],
  database: {
    calls: [call, later],
    history: [...entriesOf(call), ...entriesOf(later)],
    messages: [message],
  },
  redis: {
    people: [],
    calls: [{ callId: 'c1', state: 'ended' }],
    unsettled: [],
    deadNodes: 0,
    inCall: [],
  },
  branches: {
    ...(Object.fromEntries(BRANCHES.map((branch) => [branch, 1])) as Evidence['branches']),
  },
};

/** All violations found after one change to the correct evidence. */
const found = (change: Partial<Evidence>): string[] =>
  checkEvidence({ ...good, ...change }).flatMap(({ check, findings }) =>
    findings.map((finding) => `${check}: ${finding}`),
  );

const database = (change: Partial<Evidence['database']>): Partial<Evidence> => ({
  database: { ...good.database, ...change },
});
const redis = (change: Partial<Evidence['redis']>): Partial<Evidence> => ({
  redis: { ...good.redis, ...change },
});
/** One changed call record, and histories that agree with it. */
const record = (change: Partial<CallRow>): Partial<Evidence> => {
  const changed = { ...call, ...change };
  return database({ calls: [changed, later], history: [...entriesOf(changed), ...entriesOf(later)] });
};

describe('the checker', () => {
  it('finds nothing in a correct run', () => {
    expect(found({})).toEqual([]);
  });

  it.each<[string, Partial<Evidence>, string[]]>([
    [
      'a person in two calls',
      record({ endedAt: 2_500 }),
      ['nobody is in two calls: ada was in c1 and in c2 at the same time'],
    ],
    [
      'a person in a call while an earlier one never ended',
      record({ endedAt: null, state: 'active' }),
      [
        'nobody is in two calls: ada was in c1 and in c2 at the same time',
        'every call ends once: c1 is active for ever',
        'nothing that was acknowledged is lost: the end of c1 was acknowledged and is not on record',
      ],
    ],
    [
      'a call that ended twice',
      database({ history: [...good.database.history, { userId: BOB, callId: 'c1', reason: 'hung-up' }] }),
      ['every call ends once: c1 ended 2 times in the history of bob'],
    ],
    [
      'an entry that is missing on one side',
      database({ history: good.database.history.filter(({ userId }) => userId !== CYRIL) }),
      ['every call ends once: c2 ended 0 times in the history of cyril'],
    ],
    [
      'an entry of somebody who was not in the call',
      database({ history: [...good.database.history, { userId: CYRIL, callId: 'c1', reason: 'hung-up' }] }),
      ['every call ends once: the history has c1 of cyril, which is nobody’s'],
    ],
    [
      'a call that a callee must not know of, in their history',
      database({ calls: [{ ...call, traceless: true }, later] }),
      ['every call ends once: the history has c1 of bob, which is nobody’s'],
    ],
    [
      'histories that disagree',
      database({
        history: good.database.history.map((entry) =>
          entry.userId === CYRIL ? { ...entry, reason: 'declined' } : entry,
        ),
      }),
      ['with the same reason on both sides: c2 ended as declined for cyril, and as hung-up on record'],
    ],
    [
      'a phone that shows another reason',
      { shownEnds: [{ phone: ADAS, userId: ADA, callId: 'c1', reason: 'connection-lost', unsure: false }] },
      ['with the same reason on both sides: ada/1 shows connection-lost for c1, which ended as hung-up'],
    ],
    [
      'a lock that is left',
      redis({ people: [{ userId: ADA, callId: 'c1', ringing: 0 }] }),
      ['no lock and no "In a call" is left: ada is locked by c1 for ever'],
    ],
    [
      'ringing that is left',
      redis({ people: [{ userId: ADA, callId: null, ringing: 2 }] }),
      ['no lock and no "In a call" is left: 2 calls ring at ada for ever'],
    ],
    [
      'a call that is left',
      redis({ calls: [{ callId: 'c1', state: 'active' }] }),
      ['no lock and no "In a call" is left: c1 is active in Redis for ever'],
    ],
    [
      'a decision that nobody carried out',
      redis({ unsettled: ['c1'] }),
      ['no lock and no "In a call" is left: what was decided on c1 is told and kept by nobody'],
    ],
    [
      'somebody in a call for ever',
      redis({ inCall: [ADA] }),
      ['no lock and no "In a call" is left: ada is "In a call" for ever'],
    ],
    [
      'a dead node that is left',
      redis({ deadNodes: 1 }),
      ['no lock and no "In a call" is left: 1 dead nodes are not seen to'],
    ],
    [
      'a phone that is left in a call, and one that rings',
      {
        phones: [
          { phone: ADAS, ...rested, call: 'connecting' },
          { phone: BOBS, ...rested, ringing: 1 },
        ],
      },
      [
        'no lock and no "In a call" is left: ada/1 is connecting for ever',
        'no lock and no "In a call" is left: bob/1 rings for ever',
      ],
    ],
    [
      'a phone that shows somebody in a call',
      { shown: [{ phone: ADAS, userId: BOB, status: 'in-call', expected: 'available' }] },
      [
        'no lock and no "In a call" is left: ada/1 shows bob in a call for ever',
        'everybody is online again in time: ada/1 shows bob as in-call, who is available',
      ],
    ],
    [
      'a lost message',
      database({ messages: [] }),
      ['nothing that was acknowledged is lost: message m1 was acknowledged and is lost'],
    ],
    [
      'a message that is kept otherwise',
      database({ messages: [{ ...message, at: 1_501 }] }),
      ['nothing that was acknowledged is lost: message m1 is not kept as it was acknowledged'],
    ],
    [
      'a message that is kept twice',
      database({ messages: [message, message] }),
      ['nothing that was acknowledged is lost: message m1 is kept twice'],
    ],
    [
      'a call that was acknowledged and is on no record',
      { invites: [...good.invites, { callId: 'c9', asked: 1, answered: 2, code: 'ok' }] },
      ['nothing that was acknowledged is lost: call c9 was acknowledged and is on no record'],
    ],
    [
      'an entry that was seen and is lost',
      { seenEntries: [{ userId: BOB, callId: 'c2', reason: 'hung-up' }] },
      ['nothing that was acknowledged is lost: c2 is no longer in the history of bob, who has seen it there'],
    ],
    [
      'an entry that changed after it was seen',
      { seenEntries: [{ userId: ADA, callId: 'c1', reason: 'cancelled' }] },
      ['nothing that was acknowledged is lost: c1 was cancelled in the history of ada, and is hung-up now'],
    ],
    [
      'a fault that was not caused',
      {
        faults: faults.filter(({ kind }) => kind !== 'node killed'),
        runningCalls: good.runningCalls.filter(({ fault }) => fault !== 'node killed'),
      },
      [
        'running calls outlive every fault: node killed: was not caused',
        'running calls outlive every fault: node killed: no call was up that could have been lost',
      ],
    ],
    [
      'a running call that a fault ended',
      {
        runningCalls: [
          ...good.runningCalls,
          { callId: 'c5', fault: 'node killed', after: ['active', 'gone'] },
        ],
      },
      ['running calls outlive every fault: node killed: c5 is active and gone after it'],
    ],
    [
      'a call that is placed while Redis is away',
      {
        invites: [
          ...good.invites,
          { callId: 'c1', asked: 14_000, answered: 14_010, code: 'ok' },
          { callId: 'c1', asked: 24_000, answered: 24_010, code: 'server-error' },
        ],
      },
      [
        'without Redis, what can go on goes on: Redis killed, back empty: c1 was answered ok while it was away',
        'without Redis, what can go on goes on: Redis paused: c1 was answered server-error while it was away',
      ],
    ],
    [
      'an outage in which nobody dialled',
      { invites: good.invites.filter(({ callId }) => callId !== 'c4') },
      ['without Redis, what can go on goes on: Redis paused: nobody was refused'],
    ],
    [
      'a sign-in that fails while Redis is away, and a history that comes too late',
      {
        attempts: good.attempts.map((attempt) =>
          attempt.what === 'sign-in' ? { ...attempt, took: null } : { ...attempt, at: attempt.at + 60_000 },
        ),
      },
      [
        'without Redis, what can go on goes on: Redis killed, back empty: sign-in did not work while it was away',
        'without Redis, what can go on goes on: Redis killed, back empty: history did not work while it was away',
        'without Redis, what can go on goes on: Redis paused: sign-in did not work while it was away',
        'without Redis, what can go on goes on: Redis paused: history did not work while it was away',
      ],
    ],
    [
      'phones that come back late, or never',
      {
        phones: [
          { phone: ADAS, ...rested, backAfter: 30_100 },
          { phone: BOBS, ...rested, backAfter: null, connection: 'unauthorized' },
        ],
      },
      [
        'everybody is online again in time: ada/1 came back 30.1 s after the last fault',
        'everybody is online again in time: bob/1 did not come back: unauthorized',
      ],
    ],
    [
      'what does not fit the contract',
      { violations: ['ada/1: event-unknown'] },
      ['what is said fits the contract: ada/1: event-unknown'],
    ],
    [
      'a branch that was never reached',
      { branches: { ...good.branches, glare: 0, resume: 0 } },
      [
        'every branch was reached: glare was never reached',
        'every branch was reached: resume was never reached',
      ],
    ],
  ])('finds %s', (_what, change, findings) => {
    expect(found(change)).toEqual(findings);
  });
});
