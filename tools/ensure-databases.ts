// Finds or installs the databases that the server's tests start for themselves.
import { ensurePrograms } from './ensure-programs.ts';
import { findPostgres } from './find-postgres.ts';

ensurePrograms('server’s tests', [
  { program: 'initdb', apt: 'postgresql', find: findPostgres },
  { program: 'postgres', apt: 'postgresql', find: findPostgres },
  { program: 'pg_dump', apt: 'postgresql', find: findPostgres },
  { program: 'pg_restore', apt: 'postgresql', find: findPostgres },
  { program: 'redis-server', apt: 'redis-server' },
]);
