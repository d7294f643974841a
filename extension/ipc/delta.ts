/** A plain JSON object. An undefined field counts as missing. */
export type Fields = Readonly<Record<string, unknown>>;

/** The changes of a list. All other entries stay in the same order and fill the remaining positions. */
interface ListDelta {
  /** The positions, in the earlier list, of removed entries. */
  readonly removed: readonly number[];
  /** New entries, each with its position in the current list. */
  readonly put: readonly (readonly [number, unknown])[];
  /** The changes of entries whose position is the same in both lists. */
  readonly changed: readonly (readonly [number, Fields])[];
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The positions of entries that are not among `others`. */
const placesBeside = (list: readonly unknown[], others: ReadonlySet<unknown>): number[] =>
  list.flatMap((entry, place) => (others.has(entry) ? [] : [place]));

/** Null: it is simpler to send the whole list. */
const listDelta = (before: readonly unknown[], now: readonly unknown[]): ListDelta | null => {
  const [had, has] = [new Set(before), new Set(now)];
  const stayed = before.filter((entry) => has.has(entry));
  const sameOrder = now.filter((entry) => had.has(entry));
  if (stayed.length !== sameOrder.length || stayed.some((entry, i) => entry !== sameOrder[i])) return null;

  const gone = new Set(placesBeside(before, has));
  const put: [number, unknown][] = [];
  const changed: [number, Fields][] = [];
  for (const place of placesBeside(now, had)) {
    const [was, is] = [before[place], now[place]];
    const delta = gone.has(place) && isFields(was) && isFields(is) ? deltaOf(was, is) : null;
    if (delta === null) put.push([place, is]);
    else {
      changed.push([place, delta]);
      gone.delete(place);
    }
  }
  if (put.length > 0 && put.length >= stayed.length + changed.length) return null;
  return { removed: [...gone], put, changed };
};

/**
 * The changes of an object: its fields with new values. The same object counts as unchanged, and a list
 * contributes only changed entries. Null if a field was removed, which a delta cannot express.
 */
export const deltaOf = (before: Fields, now: Fields): Fields | null => {
  if (Object.keys(before).some((key) => before[key] !== undefined && now[key] === undefined)) return null;
  const changed = Object.entries(now).filter(([key, value]) => value !== before[key]);
  return Object.fromEntries(
    changed.map(([key, value]) => {
      const was = before[key];
      return [key, Array.isArray(was) && Array.isArray(value) ? (listDelta(was, value) ?? value) : value];
    }),
  );
};

/** No list of a snapshot ever becomes an object, so an object in its place is a delta. */
const isListDelta = (value: unknown): value is ListDelta => isFields(value);

const patchList = (before: readonly unknown[], { removed, put, changed }: ListDelta): unknown[] => {
  const taken = new Set([...removed, ...changed.map(([place]) => place)]);
  const stayed = before.filter((_entry, place) => !taken.has(place));
  const placed = new Map(put);
  for (const [place, delta] of changed) {
    const was = before[place];
    placed.set(place, isFields(was) ? withDelta(was, delta) : delta);
  }
  let next = 0;
  return Array.from({ length: stayed.length + placed.size }, (_none, place) =>
    placed.has(place) ? placed.get(place) : stayed[next++],
  );
};

/** Applies a delta to an object. Unchanged parts stay the same objects. */
export const withDelta = (before: Fields, delta: Fields): Fields => {
  const changed = Object.entries(delta);
  if (changed.length === 0) return before;
  const values = changed.map(([key, value]): [string, unknown] => {
    const was = before[key];
    return [key, Array.isArray(was) && isListDelta(value) ? patchList(was, value) : value];
  });
  return { ...before, ...Object.fromEntries(values) };
};
