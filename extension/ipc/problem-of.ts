import type { Problem } from '../../protocol/errors.ts';
import type { NamedCharacter } from './command-result.ts';

/** Turns a refusal into a command's problem, including the forbidden character if there is one. */
export const problemOf = <C extends string>({
  code,
  character,
}: Pick<Problem, 'character'> & { code: C }): C | NamedCharacter =>
  code === 'bad-character' && character !== undefined ? `bad-character ${character}` : code;
