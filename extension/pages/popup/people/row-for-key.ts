/** About the number of rows that fit into the popup. */
const PAGE = 7;

/**
 * The row that a key leads to from row `at` of `count`; -1 is above the list. Null: the key does not move.
 */
export const rowForKey = (key: string, at: number, count: number): number | null => {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, last);
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return Math.min(at + PAGE, last);
    case 'PageUp':
      return Math.max(at - PAGE, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
};
