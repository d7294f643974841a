/** A plain JSON object. A field that is undefined is as good as missing. */
export type Fields = Readonly<Record<string, unknown>>;

/** What changed of a list. Whatever it does not name stays, in the same order, where there is room. */
interface ListDelta {
  /** Places, in the list before, of entries that are gone. */
  readonly removed: readonly number[];
  /** Entries that are new, each with its place in the list now. */
  readonly put: readonly (readonly [number, unknown])[];
  /** What changed of entries that have the same place before and now. */
  readonly changed: readonly (readonly [number, Fields])[];
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The places of entries that are not among `others`. */
const placesBeside = (list: readonly unknown[], others: ReadonlySet<unknown>): number[] =>
  list.flatMap((entry, place) => (others.has(entry) ? [] : [place]));

/** Null: to tell the whole list is simpler. */
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
 * What changed of an object: its fields that are other values now. What is the same object is taken for unchanged, and
 * of a list only entries are told that changed. Null when a field is gone, which a delta cannot say.
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

/** No list of a snapshot ever becomes an object: one in its place says what changed. */
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

/** An object with a delta applied. Whatever did not change stays the same object. */
export const withDelta = (before: Fields, delta: Fields): Fields => {
  const changed = Object.entries(delta);
  if (changed.length === 0) return before;
  const values = changed.map(([key, value]): [string, unknown] => {
    const was = before[key];
    return [key, Array.isArray(was) && isListDelta(value) ? patchList(was, value) : value];
  });
  return { ...before, ...Object.fromEntries(values) };
};
