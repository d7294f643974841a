import { SLICE_NAMES, slicesOf, VIEWS, type SliceName, type View } from './slices.ts';

const PORT = 'snapshots';

/** Name of the port over which the phone sends a page its slices. */
export const snapshotPort = (view: View): string => `${PORT}/${view}`;

/**
 * The slices to send over a port of that name; null: another kind of port. A port that names no page, as in
 * tests, gets all slices.
 */
export const slicesOver = (name: string): readonly SliceName[] | null => {
  if (name === PORT) return SLICE_NAMES;
  const view = VIEWS.find((each) => name === snapshotPort(each));
  return view ? slicesOf(view) : null;
};
