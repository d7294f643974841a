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
 * Returns `now`, made of the objects of `before` wherever both say the same, because an object that stays the same
 * is not published. Both are plain JSON, as everything in a snapshot is.
 */
export const keepEqual = <T>(before: T, now: T): T => keep(before, now) as T;
