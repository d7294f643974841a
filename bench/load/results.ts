import { median } from '../statistics.ts';

/** One measured quantity, over all repeats. */
export interface Result {
  readonly name: string;
  readonly unit: string;
  readonly samples: readonly number[];
  /** The goal, in words. */
  readonly goal?: string;
  readonly met?: boolean;
  /** A remark for the reader. */
  readonly note?: string;
}

/** What one part of the bench measured. */
export interface Section {
  readonly title: string;
  readonly results: readonly Result[];
}

/** Three significant digits, and at most two after the decimal point. */
const short = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
};

/** The median, and the range if there are several repeats. */
const spreadOf = ({ samples, unit }: Result): string => {
  const middle = `${short(median(samples))} ${unit}`;
  return samples.length < 2
    ? middle
    : `${middle} (${short(Math.min(...samples))}–${short(Math.max(...samples))})`;
};

const goalOf = ({ goal, met }: Result): string => {
  if (goal === undefined) return '';
  return met === undefined ? goal : `${met ? 'met' : 'MISSED'}: ${goal}`;
};

/** The table for people: the median and range of each quantity, with its goal. */
export const tableOf = (section: Section): string => {
  const lines = section.results.map((result) => [
    result.name,
    spreadOf(result),
    [goalOf(result), result.note ?? ''].filter(Boolean).join('; '),
  ]);
  const width = (at: number): number => Math.max(...lines.map((line) => line[at]?.length ?? 0));
  const [names, values] = [width(0), width(1)];
  return [
    section.title,
    ...lines.map(([name = '', value = '', goal = '']) =>
      `  ${name.padEnd(names)}  ${value.padStart(values)}  ${goal}`.trimEnd(),
    ),
  ].join('\n');
};

/** Collects samples by name. */
export class Samples {
  readonly #byName = new Map<string, number[]>();

  add(name: string, value: number): void {
    this.#byName.set(name, [...this.of(name), value]);
  }

  of(name: string): readonly number[] {
    return this.#byName.get(name) ?? [];
  }
}
