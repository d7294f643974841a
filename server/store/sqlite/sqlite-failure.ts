import { Refused } from '../../refused.ts';

/** Why an SQLite file cannot be used at the moment. */
export type SqliteProblem = 'busy' | 'full' | 'unusable';

// https://www.sqlite.org/rescode.html: the lower eight bits are the primary code, the others say where it happened.
const PROBLEMS: ReadonlyMap<number, SqliteProblem> = new Map([
  [5, 'busy'],
  [6, 'busy'],
  [13, 'full'],
  [8, 'unusable'],
  [10, 'unusable'],
  [14, 'unusable'],
]);

/** The problem that an error of `node:sqlite` reports; null: it is not one that passes by itself. */
export const sqliteProblemOf = (error: unknown): SqliteProblem | null => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return PROBLEMS.get(error.errcode & 0xff) ?? null;
};

/** The answer to a request that met the problem. */
export const refusalOfSqlite = (problem: SqliteProblem): Refused =>
  new Refused(problem === 'full' ? 'storage-full' : 'unavailable');
