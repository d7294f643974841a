import type { Problem } from '../../protocol/errors.ts';
import type { NamedCharacter } from './command-result.ts';

/** A refusal as a command's result tells it: a character that may not stand in a text goes along. */
export const problemOf = <C extends string>({
  code,
  character,
}: Pick<Problem, 'character'> & { code: C }): C | NamedCharacter =>
  code === 'bad-character' && character !== undefined ? `bad-character ${character}` : code;
