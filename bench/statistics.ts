/** The value below which a share `p` (0–1) of the sorted samples lies, interpolated between neighbours. */
export const quantile = (samples: readonly number[], p: number): number => {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
};

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** A generator of numbers in [0, 1) that gives the same ones each time (mulberry32). */
export const reproducible = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** The 95 % interval of a statistic over samples drawn again from these (percentile bootstrap). */
export const bootstrapInterval = (
  samples: readonly number[],
  statistic: (drawn: readonly number[]) => number,
  draws = 2000,
): [number, number] => {
  const random = reproducible(1);
  const results = Array.from({ length: draws }, () =>
    statistic(samples.map(() => samples[Math.floor(random() * samples.length)] ?? Number.NaN)),
  );
  return [quantile(results, 0.025), quantile(results, 0.975)];
};
