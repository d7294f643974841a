import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

/**
 * Runs the migrations that the database still lacks.
 * @param beforeFirst called if at least one migration is due and at least one was run before.
 * @returns how many migrations were run. @throws Error when one fails (it leaves nothing behind) or the
 * database is newer than this version.
 */
export const migrate = async <Schema>(
  db: Kysely<Schema>,
  migrations: Readonly<Record<string, Migration>>,
  beforeFirst: () => void,
): Promise<number> => {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const known = await migrator.getMigrations();
  const due = known.filter((step) => step.executedAt === undefined);
  if (due.length > 0 && due.length < known.length) beforeFirst();
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw error instanceof Error ? error : new Error('the database could not be migrated');
  }
  return results?.length ?? 0;
};
