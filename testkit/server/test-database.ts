import { join } from 'node:path';
import type { DatabaseSettings } from '../../server/store/database-settings.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { testPostgres } from './test-postgres.ts';

/** A test's own database, which outlives the test's servers. The run's shape decides its kind. */
export const testDatabase = async (): Promise<DatabaseSettings> =>
  process.env['QUICK_CALL_TEST_DATABASE'] === 'postgres'
    ? { kind: 'postgres', url: await testPostgres() }
    : { kind: 'sqlite', file: join(temporaryFolder(), 'quick-call.db') };
