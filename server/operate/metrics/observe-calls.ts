import type { Call } from '../../calls/call.ts';
import type { Decision } from '../../calls/decide.ts';
import type { LedgerEvent } from '../../calls/ledger-event.ts';
import type { LiveCalls } from '../../calls/live-calls.ts';
import type { Metrics } from './metrics.ts';

type CallMetrics = Pick<Metrics, 'callPlaced' | 'callEnded' | 'setup' | 'glare' | 'lockConflict'>;

const seconds = (from: number, to: number): number => Math.max(0, to - from) / 1000;

const countTransition = (call: Call, event: LedgerEvent, metrics: CallMetrics): void => {
  if (event.kind === 'invite' && call.callId === event.invite.callId) metrics.callPlaced(call.media);
  switch (call.state) {
    case 'ringing':
      if (event.kind === 'ringing') metrics.setup('ringing', seconds(call.placedAt, event.at));
      break;
    case 'connecting':
      if (event.kind === 'accept') metrics.setup('accepted', seconds(call.placedAt, event.at));
      break;
    case 'active':
      // A call that is handed over stays active, and was set up before.
      if (call.connectedAt === event.at) {
        metrics.setup('connected', seconds(call.acceptedAt ?? call.placedAt, event.at));
      }
      break;
    case 'ended':
      if (call.reason) metrics.callEnded(call.reason);
      break;
  }
};

const countAnswer = ({ answer }: Decision, event: LedgerEvent, metrics: CallMetrics): void => {
  if (answer.kind !== 'refused') return;
  const { code } = answer.refusal;
  if (code === 'glare') metrics.glare();
  const taken = code === 'busy' || code === 'in-another-call' || code === 'answered-elsewhere';
  if (taken && (event.kind === 'invite' || event.kind === 'accept')) metrics.lockConflict(event.kind);
};

/** Counts calls by the decisions about them, wherever they are kept, because each decision is made by one process. */
export const observeCalls = (live: LiveCalls, metrics: CallMetrics): LiveCalls => ({
  async apply(event) {
    const decision = await live.apply(event);
    for (const callId of decision.writes.transitions) {
      const call = decision.writes.calls.get(callId);
      if (call) countTransition(call, event, metrics);
    }
    countAnswer(decision, event, metrics);
    return decision;
  },
  settled: (callIds) => live.settled(callIds),
  restore: (call) => live.restore(call),
  find: (callId) => live.find(callId),
  callOf: (userId) => live.callOf(userId),
  queueAt: (userId) => live.queueAt(userId),
});
