import { bootstrapInterval, median, quantile } from './statistics.ts';

/** One measured quantity, in milliseconds unless its table says otherwise. */
export interface Row {
  name: string;
  samples: number[];
  /** The same measurement of the bare page, in the same run. */
  bare?: number[];
  /** The goal in words, and whether it is met. */
  target?: { met: boolean; text: string };
}

const ms = (value: number): string => value.toFixed(1);

const p95 = (samples: readonly number[]): number => quantile(samples, 0.95);

const columns = ({ name, samples, bare, target }: Row, withP95: boolean): string[] => [
  name,
  ms(median(samples)),
  `${ms(quantile(samples, 0.25))}–${ms(quantile(samples, 0.75))}`,
  ...(withP95 ? [`${ms(p95(samples))} (${bootstrapInterval(samples, p95).map(ms).join('–')})`] : []),
  bare ? ms(median(bare)) : '',
  bare ? (median(samples) / median(bare)).toFixed(2) : '',
  target ? `${target.met ? 'met' : 'MISSED'}: ${target.text}` : '',
];

/** A table for people: medians with their interquartile ranges, and if asked for, p95 with its 95 % interval. */
export const tableOf = (rows: readonly Row[], withP95: boolean, unit = 'milliseconds'): string => {
  const heads = [
    unit,
    'median',
    'middle half',
    ...(withP95 ? ['p95 (95 %)'] : []),
    'bare',
    'ratio',
    'target',
  ];
  const lines = [heads, ...rows.map((row) => columns(row, withP95))];
  const widths = heads.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
  return [text[0], '-'.repeat(text[0]?.length ?? 0), ...text.slice(1)].join('\n');
};

/** The results for machines, with every sample. */
export const jsonOf = (rows: readonly Row[]): object[] =>
  rows.map(({ name, samples, bare, target }) => ({
    name,
    median: median(samples),
    p95: p95(samples),
    p95Interval: bootstrapInterval(samples, p95),
    bareMedian: bare ? median(bare) : null,
    ratio: bare ? median(samples) / median(bare) : null,
    target: target ?? null,
    samples,
    bareSamples: bare ?? null,
  }));
