import { t } from '../i18n/messages.ts';

const MINUTE = 60_000;
/** From the largest unit on; months and years are approximate. */
const UNITS = [
  ['year', 365 * 24 * 60 * MINUTE],
  ['month', 30 * 24 * 60 * MINUTE],
  ['day', 24 * 60 * MINUTE],
  ['hour', 60 * MINUTE],
] as const;

/**
 * How long ago something was, in the person's language and at least a minute. Times are epoch milliseconds;
 * `narrow` is for little room.
 */
export const sinceText = (at: number, now: number, style: 'long' | 'narrow' = 'long'): string => {
  const format = new Intl.RelativeTimeFormat(t('languageTag'), { style });
  const passed = Math.max(MINUTE, now - at);
  const [unit, length] = UNITS.find(([, size]) => passed >= size) ?? (['minute', MINUTE] as const);
  return format.format(-Math.floor(passed / length), unit);
};
