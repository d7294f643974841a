import type { ShownReason } from '../../../extension/ipc/shown-reason.ts';
import type { Check } from './check.ts';

/** Reasons that a single device may be told instead of the one on record. */
const OF_ONE_DEVICE: ReadonlySet<ShownReason> = new Set<ShownReason>([
  'answered-elsewhere',
  'declined-elsewhere',
  'continued-elsewhere',
  'in-another-call',
]);

/**
 * Both histories, and the phones, say why a call ended as the record does. A phone that was told `unavailable` cannot
 * know; its history does.
 */
export const sameReason: Check = ({ database, shownEnds }) => {
  const reasons = new Map<string, string | null>(
    database.calls.map(({ callId, reason }) => [callId, reason]),
  );
  const inHistories = database.history.flatMap(({ callId, userId, reason }) => {
    const onRecord = reasons.get(callId) ?? null;
    return reason === onRecord
      ? []
      : [`${callId} ended as ${reason} for ${userId}, and as ${String(onRecord)} on record`];
  });
  const onPhones = shownEnds.flatMap(({ phone, callId, reason, unsure }) => {
    const onRecord = reasons.get(callId);
    // A call that never reached the server is on no record.
    if (unsure || onRecord === undefined || OF_ONE_DEVICE.has(reason) || reason === onRecord) return [];
    return [`${phone} shows ${reason} for ${callId}, which ended as ${String(onRecord)}`];
  });
  return [...inHistories, ...onPhones];
};
