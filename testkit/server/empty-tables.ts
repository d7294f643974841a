import { TABLE_NAMES } from '../../server/store/table-names.ts';

/** Removes every row. Deleting takes 1 ms where truncating, which makes a new file for each table, takes 45. */
export const EMPTY_TABLES = TABLE_NAMES.toReversed()
  .map((name) => `delete from "${name}"`)
  .join(';');
