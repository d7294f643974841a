/**
 * The tried rates first double; then the search halves the gap between the last good and the first bad rate this
 * often.
 */
const HALVINGS = 3;

/**
 * The highest rate that is still good, to about a tenth. 0 if not even `from` is good. If all rates are good, the last
 * doubling of `from` that is not above `most`.
 */
export const highestRate = async (
  { from, most }: { from: number; most: number },
  isGood: (rate: number) => Promise<boolean>,
): Promise<number> => {
  let [good, bad] = [0, from];
  while (bad <= most && (await isGood(bad))) [good, bad] = [bad, bad * 2];
  if (good === 0 || bad > most) return good;
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = Math.round((good + bad) / 2);
    if (await isGood(middle)) good = middle;
    else bad = middle;
  }
  return good;
};
