import { connectDatabase } from '../../server/store/connect-database.ts';
import type { DatabaseSettings } from '../../server/store/database-settings.ts';
import { TABLE_NAMES } from '../../server/store/table-names.ts';

/** The drivers return bytes in different classes. */
const plain = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;

/** Every row of every table, each as JSON, for two databases to be compared. */
export const everyRow = async (database: DatabaseSettings): Promise<Record<string, string[]>> => {
  const { db } = connectDatabase(database);
  try {
    const tables: Record<string, string[]> = {};
    for (const table of TABLE_NAMES) {
      const rows = await db.selectFrom(table).selectAll().execute();
      tables[table] = rows.map((row) => JSON.stringify(Object.entries(row).sort(), plain)).sort();
    }
    return tables;
  } finally {
    await db.destroy();
  }
};
