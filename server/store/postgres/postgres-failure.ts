import { DatabaseError } from 'pg';
import { Refused } from '../../refused.ts';

// What goes away by itself (PostgreSQL's documentation, appendix A): connections that are lost or refused,
// resources, deadlocks and timeouts, a server that starts or stops or lost its lead.
const PASSING = /^(?:08|40|53|57)|^(?:25006|25P03|25P04|55P03)$/;

/**
 * A statement that PostgreSQL refused, by its code. Nothing of PostgreSQL's own words is kept: they repeat
 * what stood in the statement, and errors are logged.
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
  /** What PostgreSQL or the network calls it; nothing personal. */
  code: string;
}

/** The network's word for it, as in `ECONNREFUSED`; several addresses may have been tried. */
const networkCode = (error: unknown): string => {
  if (error instanceof AggregateError) return networkCode(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'no answer';
};

/** What `pg` throws, as a code: `unavailable` when it may work later. */
export const toPostgresFailure = (error: unknown): PostgresFailure => {
  if (!(error instanceof DatabaseError)) {
    return { error: new Refused('unavailable'), code: networkCode(error) };
  }
  const refusal = new PostgresError(error);
  const { code } = refusal;
  return { error: PASSING.test(code) ? new Refused('unavailable') : refusal, code };
};
