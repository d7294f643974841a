import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { connectDatabase } from '../connect-database.ts';
import { readDatabaseUrl } from '../database-settings.ts';
import { migrate } from './migrate.ts';
import { migrationsFor } from './migrations.ts';

const STEP = '019-told-names';

it('cleans existing names, and replaces an invisible name with the username', async () => {
  const settings = readDatabaseUrl(`sqlite:${join(temporaryFolder(), 'quick-call.db')}`);
  if (!settings) throw new Error('no database');
  const { db, dialect } = connectDatabase(settings);
  const all = migrationsFor(dialect);
  const before = Object.fromEntries(Object.entries(all).filter(([name]) => name < STEP));
  const nothing = (): void => undefined;
  await migrate(db, before, nothing);
  const account = (username: string, display_name: string) => ({
    user_id: username,
    username,
    display_name,
    password_hash: null,
    chosen_status: 'available' as const,
    created_at: 1,
    picture: null,
    deleted_at: null,
  });
  await db
    .insertInto('accounts')
    .values([account('ada', 'Ada\u00ad'), account('bob', '\u3164'), account('eve', 'Eve 👩‍💻')])
    .execute();
  await migrate(db, all, nothing);
  const rows = await db.selectFrom('accounts').select('display_name').orderBy('username').execute();
  expect(rows.map((row) => row.display_name)).toEqual(['Ada', 'bob', 'Eve 👩‍💻']);
  await db.destroy();
});
