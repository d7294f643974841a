import { DatabaseSync } from 'node:sqlite';

/** A call as the server has it on record. */
export interface CallRow {
  callId: string;
  state: string;
  reason: string | null;
  media: string;
}

/** Every call on record, the oldest first, read from the server's database file while the server runs. */
export const callRecords = (databaseFile: string): CallRow[] => {
  const database = new DatabaseSync(databaseFile, { readOnly: true });
  try {
    return database
      .prepare('SELECT call_id, state, reason, media FROM calls ORDER BY placed_at, call_id')
      .all()
      .map((row) => ({
        callId: String(row['call_id']),
        state: String(row['state']),
        reason: row['reason'] === null ? null : String(row['reason']),
        media: String(row['media']),
      }));
  } finally {
    database.close();
  }
};
