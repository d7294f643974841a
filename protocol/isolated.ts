// No schema library here: pages import this file and need none.

// Characters that read from right to left by Unicode's default ranges (DerivedBidiClass), the digits of those
// scripts, and direction marks.
const TURNS =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const OWN_MARKS = /[\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text for use in a sentence that reads from left to right. If its direction could move the words around
 * it, it is put into a first-strong isolate (UAX #9). Any other text gets no marks, which would have no
 * effect and make labels hard to look up.
 */
export const isolated = (text: string): string =>
  TURNS.test(text) ? `\u2068${text.replace(OWN_MARKS, '')}\u2069` : text;
