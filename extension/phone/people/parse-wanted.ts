import { usernameSchema } from '../../../protocol/account/account.ts';
import { contactCodeSchema } from '../../../protocol/people/contacts.ts';
import { cleanLine, type CodePoint } from '../../../protocol/one-line.ts';
import { refusalOf } from '../../../protocol/refusal-of.ts';

/** Nobody means more than this; what is pasted by mistake is not gone through. */
const LONGEST = 2000;

/** Whom a person would like to add, as typed or pasted. `bad-character`: no username holds it. `other-server`: the link leads
 * somewhere else. */
export type Wanted =
  | { kind: 'username'; username: string }
  | { kind: 'code'; code: string }
  | { kind: 'bad-character'; character: CodePoint }
  | { kind: 'other-server' }
  | { kind: 'nothing' };

const codeFrom = (text: string): Wanted => {
  const { data: code } = contactCodeSchema.safeParse(text);
  return code === undefined ? { kind: 'nothing' } : { kind: 'code', code };
};

/** Reads a username, an invite code, or the link of the server's page for one. */
export const parseWanted = (typed: string, serverUrl: string): Wanted => {
  const text = cleanLine(typed.slice(0, LONGEST));
  if (/^https?:/i.test(text)) {
    if (!URL.canParse(text)) return { kind: 'nothing' };
    const { origin, pathname } = new URL(text);
    if (origin !== new URL(serverUrl).origin) return { kind: 'other-server' };
    return codeFrom(pathname.replace(/^\/invite\//, ''));
  }
  const wanted = codeFrom(text);
  if (wanted.kind === 'code') return wanted;
  const username = usernameSchema.safeParse(text);
  if (username.success) return { kind: 'username', username: username.data };
  const problem = refusalOf(username.error);
  // Two words are no username; of one word, the letter that is refused is named.
  const named = problem.code === 'bad-character' && problem.character !== 'U+0020';
  return named ? { kind: problem.code, character: problem.character } : wanted;
};
