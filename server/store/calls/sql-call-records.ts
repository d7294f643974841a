import { CompiledQuery, type Kysely, type Selectable } from 'kysely';
import type { CallRecord } from '../../calls/call-record.ts';
import type { PhoneRef } from '../../sender.ts';
import type { CallRecords } from '../../calls/ports.ts';
import { inBatches } from '../in-batches.ts';
import { inTransaction } from '../in-transaction.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import { addToHistories } from '../history/sql-history-store.ts';
import type { CallTable, Tables } from '../tables.ts';

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

/** Inserts a call or updates its state. A state older than the recorded one is not written. */
const compilePut = (db: Kysely<Tables>, row: CallTable): string =>
  db
    .insertInto('calls')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('call_id')
        .doUpdateSet((build) => ({
          caller_id: build.ref('excluded.caller_id'),
          callee_id: build.ref('excluded.callee_id'),
          media: build.ref('excluded.media'),
          state: build.ref('excluded.state'),
          v: build.ref('excluded.v'),
          reason: build.ref('excluded.reason'),
          caller_session_id: build.ref('excluded.caller_session_id'),
          caller_instance_id: build.ref('excluded.caller_instance_id'),
          callee_session_id: build.ref('excluded.callee_session_id'),
          callee_instance_id: build.ref('excluded.callee_instance_id'),
          placed_at: build.ref('excluded.placed_at'),
          accepted_at: build.ref('excluded.accepted_at'),
          connected_at: build.ref('excluded.connected_at'),
          ended_at: build.ref('excluded.ended_at'),
          traceless: build.ref('excluded.traceless'),
        }))
        .where((where) =>
          where.or([
            where('calls.v', '<=', where.ref('excluded.v')),
            where('calls.placed_at', '<', where.ref('excluded.placed_at')),
          ]),
        ),
    )
    .returning('call_id')
    .compile().sql;

/** Calls in an SQL database. */
export const createSqlCallRecords = (
  db: Kysely<Tables>,
  dialect: SqlDialect,
  historyEntries: number,
): CallRecords => {
  // Built once: a call runs it four times, and building it takes longer than running it.
  let text: string | null = null;

  /** Resolves to whether the row was written. */
  const put = async (on: Kysely<Tables>, row: CallTable): Promise<boolean> => {
    text ??= compilePut(db, row);
    // The parameters are the row's values, in the order of the columns.
    const { rows } = await on.executeQuery(CompiledQuery.raw(text, Object.values(row)));
    return rows.length > 0;
  };

  const end = async (transaction: Kysely<Tables>, record: CallRecord): Promise<void> => {
    const row = toRow(record);
    // Two nodes may end a call at the same time, but only one of them may add it to the histories.
    await dialect.hold(transaction, `call:${row.call_id}`);
    const ended = await transaction
      .selectFrom('calls')
      .select('call_id')
      .where('call_id', '=', row.call_id)
      .where('placed_at', '=', row.placed_at)
      .where('state', '=', 'ended')
      .executeTakeFirst();
    if ((await put(transaction, row)) && !ended) await addToHistories(transaction, record, historyEntries);
  };

  const saveAll = async (records: readonly CallRecord[]): Promise<void> => {
    const [only] = records;
    if (only && records.length === 1 && only.state !== 'ended') {
      await put(db, toRow(only));
      return;
    }
    await inTransaction(db, async (transaction) => {
      for (const record of records) {
        if (record.state === 'ended') await end(transaction, record);
        else await put(transaction, toRow(record));
      }
    });
  };

  return {
    save: dialect.oneWriter && !db.isTransaction ? inBatches(saveAll) : (record) => saveAll([record]),
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
  };
};
