import { join } from 'node:path';
import type { DatabaseSettings } from '../../server/store/database-settings.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { testPostgres } from './test-postgres.ts';

/** A database for a test alone, which outlives its servers; of the kind that the run's shape has. */
export const testDatabase = async (): Promise<DatabaseSettings> =>
  process.env['QUICK_CALL_TEST_DATABASE'] === 'postgres'
    ? { kind: 'postgres', url: await testPostgres() }
    : { kind: 'sqlite', file: join(temporaryFolder(), 'quick-call.db') };
