import type { Kysely, Selectable } from 'kysely';
import type { CallRecord, PhoneRef } from '../calls/call-record.ts';
import type { CallRecords } from '../calls/ports.ts';
import { inTransaction } from './in-transaction.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { addToHistories } from './sql-history-store.ts';
import type { CallTable, Tables } from './tables.ts';

const phoneFrom = (sessionId: string | null, instanceId: string | null): PhoneRef | null =>
  sessionId === null || instanceId === null ? null : { sessionId, instanceId };

const fromRow = (row: Selectable<CallTable>): CallRecord => ({
  callId: row.call_id,
  callerId: row.caller_id,
  calleeId: row.callee_id,
  media: row.media,
  state: row.state,
  v: row.v,
  reason: row.reason,
  caller: { sessionId: row.caller_session_id, instanceId: row.caller_instance_id },
  callee: phoneFrom(row.callee_session_id, row.callee_instance_id),
  placedAt: row.placed_at,
  acceptedAt: row.accepted_at,
  connectedAt: row.connected_at,
  endedAt: row.ended_at,
  traceless: row.traceless === 1,
});

const toRow = (record: CallRecord): CallTable => ({
  call_id: record.callId,
  caller_id: record.callerId,
  callee_id: record.calleeId,
  media: record.media,
  state: record.state,
  v: record.v,
  reason: record.reason,
  caller_session_id: record.caller.sessionId,
  caller_instance_id: record.caller.instanceId,
  callee_session_id: record.callee?.sessionId ?? null,
  callee_instance_id: record.callee?.instanceId ?? null,
  placed_at: record.placedAt,
  accepted_at: record.acceptedAt,
  connected_at: record.connectedAt,
  ended_at: record.endedAt,
  traceless: record.traceless ? 1 : 0,
});

/** Whether it was written: a step that is older than the one on record is not. */
const put = async (db: Kysely<Tables>, row: CallTable): Promise<boolean> => {
  const written = await db
    .insertInto('calls')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('call_id')
        .doUpdateSet(row)
        .where((where) =>
          where.or([
            where('calls.v', '<=', where.ref('excluded.v')),
            where('calls.placed_at', '<', where.ref('excluded.placed_at')),
          ]),
        ),
    )
    .returning('call_id')
    .executeTakeFirst();
  return written !== undefined;
};

/** Calls in an SQL database. */
export const createSqlCallRecords = (db: Kysely<Tables>, dialect: SqlDialect): CallRecords => ({
  async save(record) {
    const row = toRow(record);
    if (record.state !== 'ended') {
      await put(db, row);
      return;
    }
    await inTransaction(db, async (transaction) => {
      // Two nodes may end it at once, and only one of them puts it into histories.
      await dialect.hold(transaction, `call:${row.call_id}`);
      const ended = await transaction
        .selectFrom('calls')
        .select('call_id')
        .where('call_id', '=', row.call_id)
        .where('placed_at', '=', row.placed_at)
        .where('state', '=', 'ended')
        .executeTakeFirst();
      if ((await put(transaction, row)) && !ended) await addToHistories(transaction, record);
    });
  },
  async recent(since) {
    const rows = await db
      .selectFrom('calls')
      .selectAll()
      .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>', since)]))
      .orderBy('placed_at')
      .execute();
    return rows.map(fromRow);
  },
  async removeEndedBefore(time) {
    const { numDeletedRows } = await db
      .deleteFrom('calls')
      .where('ended_at', '<', time)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  },
});
