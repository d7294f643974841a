import type { Problem } from '../../protocol/errors.ts';
import type { LongWait, NamedCharacter } from './command-result.ts';

/** Seconds. "Wait a minute" says enough of shorter waits. */
const SHORT_WAIT = 60;

/**
 * Turns a refusal into a command's problem, including the forbidden character if there is one, and the time from
 * which on it may be tried again if that is not near.
 */
export const problemOf = <C extends string>({
  code,
  character,
  retryAfter = 0,
}: Pick<Problem, 'character' | 'retryAfter'> & { code: C }): C | NamedCharacter | LongWait => {
  if (code === 'bad-character' && character !== undefined) return `bad-character ${character}`;
  if (code === 'rate-limited' && retryAfter > SHORT_WAIT)
    return `rate-limited ${Date.now() + retryAfter * 1000}`;
  return code;
};
