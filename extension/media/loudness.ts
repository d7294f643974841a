/** What a quiet room gives, in decibels below full scale. */
const FLOOR_DB = -60;

/** Loudness of samples (−1…1) on the scale that people hear: 0 for a quiet room or less, 1 for full scale. */
export const loudnessOf = (samples: Float32Array): number => {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length));
  return Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB));
};
