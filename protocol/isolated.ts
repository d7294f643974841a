// No schema library here: pages use it, which need none.

// What reads from right to left by Unicode's default ranges (DerivedBidiClass), numbers of its scripts, and marks of direction.
const TURNS =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const OWN_MARKS = /[\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text as it stands in a sentence that reads from left to right, in the first-strong isolate of UAX #9 where its
 * direction could move the words around it. Elsewhere the marks would do nothing but be in the way of who looks a label up.
 */
export const isolated = (text: string): string =>
  TURNS.test(text) ? `\u2068${text.replace(OWN_MARKS, '')}\u2069` : text;
