import { SLICE_NAMES, slicesOf, VIEWS, type SliceName, type View } from './slices.ts';

const PORT = 'snapshots';

/** Name of the port over which the phone tells a page what it shows. */
export const snapshotPort = (view: View): string => `${PORT}/${view}`;

/** What is told over a port of that name; null: another port. One that names no page, as a test's, is told everything. */
export const slicesOver = (name: string): readonly SliceName[] | null => {
  if (name === PORT) return SLICE_NAMES;
  const view = VIEWS.find((each) => name === snapshotPort(each));
  return view ? slicesOf(view) : null;
};
