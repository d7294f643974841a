/** A row as it is shown: column names and what stands in them. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Rows as text in columns, with a heading; one line when there are none. */
export const formatTable = (rows: readonly Row[]): string => {
  const [first] = rows;
  if (!first) return 'none\n';
  const names = Object.keys(first);
  const cells = rows.map((row) => names.map((name) => String(row[name] ?? '-')));
  const widths = names.map((name, i) => Math.max(name.length, ...cells.map((line) => line[i]?.length ?? 0)));
  const lines = [names.map((name) => name.toUpperCase()), ...cells];
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
};
