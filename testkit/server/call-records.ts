import { randomUUID } from 'node:crypto';
import type { UserId } from '../../protocol/ids.ts';
import type { CallRecord } from '../../server/calls/call-record.ts';

const NOW = 1_800_000_000_000;

/** The record of a call that was just placed, for tests. */
export const ringingRecord = (callerId: UserId, calleeId: UserId): CallRecord => ({
  callId: randomUUID(),
  callerId,
  calleeId,
  media: 'video',
  state: 'ringing',
  v: 1,
  reason: null,
  caller: { sessionId: randomUUID(), instanceId: randomUUID() },
  callee: null,
  placedAt: NOW,
  acceptedAt: null,
  connectedAt: null,
  endedAt: null,
  traceless: false,
});

/** A call that nobody answered. */
export const endedRecord = (callerId: UserId, calleeId: UserId, placedAt = NOW): CallRecord => ({
  ...ringingRecord(callerId, calleeId),
  state: 'ended',
  v: 2,
  reason: 'no-answer',
  placedAt,
  endedAt: placedAt + 45_000,
});
