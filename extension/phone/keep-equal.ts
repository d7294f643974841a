type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const keep = (before: unknown, now: unknown): unknown => {
  if (before === now || !isFields(before) || !isFields(now)) return now;
  if (Array.isArray(before) !== Array.isArray(now)) return now;
  const keys = Object.keys(now);
  const kept = keys.map((key) => keep(before[key], now[key]));
  const same =
    keys.length === Object.keys(before).length &&
    keys.every((key, i) => key in before && kept[i] === before[key]);
  if (same) return before;
  return Array.isArray(now) ? kept : Object.fromEntries(keys.map((key, i) => [key, kept[i]]));
};

/**
 * What `now` says, of the objects of `before` wherever these say the same: what is the same object is not published.
 * Both are plain JSON, as everything in a snapshot is.
 */
export const keepEqual = <T>(before: T, now: T): T => keep(before, now) as T;
