/**
 * The data of an SVG path through equally spaced values, in a box of `width` × `height` with room for `slots`
 * values. The newest value is at the right edge. Unknown values leave gaps.
 */
export const chartPath = (
  values: readonly (number | null)[],
  { most, slots, width, height }: { most: number; slots: number; width: number; height: number },
): string => {
  const step = width / Math.max(1, slots - 1);
  const left = width - step * (values.length - 1);
  const points = values.map((value, index) =>
    value === null
      ? null
      : `${(left + index * step).toFixed(1)} ${(height - (Math.min(value, most) / most) * height).toFixed(1)}`,
  );
  return points
    .flatMap((point, index) =>
      point === null ? [] : [`${(points[index - 1] ?? null) === null ? 'M' : 'L'}${point}`],
    )
    .join('');
};
