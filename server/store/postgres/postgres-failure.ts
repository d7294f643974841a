import { DatabaseError } from 'pg';
import { Refused } from '../../refused.ts';

// Failures that pass (PostgreSQL's documentation, appendix A): lost or refused connections, resources,
// deadlocks and timeouts, a server that starts, stops or is no longer the primary.
const PASSING = /^(?:08|40|53|57)|^(?:25006|25P03|25P04|55P03)$/;

/**
 * The code of a statement that PostgreSQL refused. PostgreSQL's message is dropped, because it repeats values
 * of the statement, and errors are logged.
 */
export class PostgresError extends Error {
  override name = 'PostgresError';
  /** SQLSTATE. */
  readonly code: string;

  constructor({ code = 'unknown', table, constraint }: Pick<DatabaseError, 'code' | 'table' | 'constraint'>) {
    const where = [table, constraint].filter((part) => part !== undefined).join(' ');
    super(`PostgreSQL refused a statement: ${code}${where === '' ? '' : ` (${where})`}`);
    this.code = code;
  }
}

/** What the caller and the operator learn of a failure. */
export interface PostgresFailure {
  error: Refused | PostgresError;
  /** PostgreSQL's or the network's code; nothing personal. */
  code: string;
}

/** The network's code, such as `ECONNREFUSED`; several addresses may have been tried. */
const networkCode = (error: unknown): string => {
  if (error instanceof AggregateError) return networkCode(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'no answer';
};

/** Turns what `pg` throws into a code: `unavailable` if the failure may pass. */
export const toPostgresFailure = (error: unknown): PostgresFailure => {
  if (!(error instanceof DatabaseError)) {
    return { error: new Refused('unavailable'), code: networkCode(error) };
  }
  const refusal = new PostgresError(error);
  const { code } = refusal;
  return { error: PASSING.test(code) ? new Refused('unavailable') : refusal, code };
};
