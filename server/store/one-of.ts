import { sql, type RawBuilder } from 'kysely';

/** A column's constraint: one of these words. */
export const oneOf = (column: string, values: readonly string[]): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} in (${sql.join(values.map((value) => sql.lit(value)))})`;
