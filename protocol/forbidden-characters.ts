/**
 * Characters that no text of one line may hold: controls, line and paragraph
 * separators, and the marks that reorder or hide text (Unicode bidi controls,
 * UAX #9, and zero-width characters that make two names look alike). U+200D
 * stays: emoji and several scripts are written with it.
 */
export const FORBIDDEN_CHARACTERS =
  // eslint-disable-next-line no-control-regex -- refusing control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
