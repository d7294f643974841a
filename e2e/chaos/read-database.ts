import { Client } from 'pg';
import * as z from 'zod';
import type { Evidence } from './evidence.ts';

const time = z.coerce.number();

const callSchema = z
  .object({
    call_id: z.string(),
    caller_id: z.string(),
    callee_id: z.string(),
    state: z.string(),
    reason: z.string().nullable(),
    ended_at: time.nullable(),
    traceless: z.coerce.number(),
  })
  .transform((row) => ({
    callId: row.call_id,
    callerId: row.caller_id,
    calleeId: row.callee_id,
    state: row.state,
    reason: row.reason,
    endedAt: row.ended_at,
    traceless: row.traceless === 1,
  }));

const historySchema = z
  .object({ user_id: z.string(), call_id: z.string(), reason: z.string() })
  .transform((row) => ({ userId: row.user_id, callId: row.call_id, reason: row.reason }));

const messageSchema = z
  .object({
    message_id: z.string(),
    sender_id: z.string(),
    recipient_id: z.string(),
    text: z.string(),
    at: time,
  })
  .transform((row) => ({
    id: row.message_id,
    from: row.sender_id,
    to: row.recipient_id,
    text: row.text,
    at: row.at,
  }));

/** All that was stored, read from PostgreSQL itself and not through the store under test. */
export const readDatabase = async (url: string): Promise<Evidence['database']> => {
  const client = new Client({ connectionString: url });
  // The connection may break at any moment; its pending queries are then rejected.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const all = async (table: 'calls' | 'history' | 'messages'): Promise<unknown> =>
      (await client.query(`select * from ${table}`)).rows;
    return {
      calls: z.array(callSchema).parse(await all('calls')),
      history: z.array(historySchema).parse(await all('history')),
      messages: z.array(messageSchema).parse(await all('messages')),
    };
  } finally {
    await client.end();
  }
};
