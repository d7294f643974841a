import table from 'unhomoglyph/data.json' with { type: 'json' };

/** Unicode's `confusables.txt`: what a character looks like. */
const PROTOTYPES: ReadonlyMap<string, string> = new Map(Object.entries(table));

/** The skeleton of UTS #39, section 4. */
const skeleton = (text: string): string =>
  Array.from(text.normalize('NFD').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ''))
    .map((character) => PROTOTYPES.get(character) ?? character)
    .join('')
    .normalize('NFD');

/** Returns the same for two names that look the same, or differ by no more than case and spaces. */
export const skeletonOf = (name: string): string =>
  skeleton(
    skeleton(name)
      .toLowerCase()
      .replaceAll(/\p{White_Space}/gu, ''),
  );
