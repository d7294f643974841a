import { browserLocale } from '../../host/catalogue.ts';

const written = (value: number | null, options: Intl.NumberFormatOptions): string =>
  value === null ? '–' : new Intl.NumberFormat(browserLocale(), options).format(value);

/** Figures as people read them, in the page's language; a dash for what is not known. */
export const figures = {
  bits: (bitsPerSecond: number | null): string =>
    bitsPerSecond !== null && bitsPerSecond >= 1_000_000
      ? written(bitsPerSecond / 1_000_000, {
          style: 'unit',
          unit: 'megabit-per-second',
          maximumFractionDigits: 1,
        })
      : written(bitsPerSecond === null ? null : bitsPerSecond / 1_000, {
          style: 'unit',
          unit: 'kilobit-per-second',
          maximumFractionDigits: 0,
        }),
  milliseconds: (value: number | null): string =>
    written(value, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }),
  share: (value: number | null): string => written(value, { style: 'percent', maximumFractionDigits: 1 }),
} as const;
