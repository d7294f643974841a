import { usernameSchema } from '../../../protocol/account/account.ts';
import { findInvite, looksLikeBrokenCode } from '../../../protocol/find-invite.ts';
import { cleanLine, type CodePoint } from '../../../protocol/one-line.ts';
import { refusalOf } from '../../../protocol/refusal-of.ts';

/** The most characters to read, so that a long text pasted by mistake costs little. */
const LONGEST = 2000;

/**
 * Whom a person would like to add, as typed or pasted. `elsewhere`: the link has another address, which may be another
 * name of the same server. `account-code`: the code creates an account. `broken-code`: letters are missing or wrong.
 * `bad-character`: no username holds it. `other-server`: a link without a code, to somewhere else.
 */
export type Wanted =
  | { kind: 'username'; username: string }
  | { kind: 'code'; code: string; elsewhere: boolean }
  | { kind: 'account-code' }
  | { kind: 'broken-code' }
  | { kind: 'bad-character'; character: CodePoint }
  | { kind: 'other-server' }
  | { kind: 'nothing' };

const hostOf = (address: string): string | undefined =>
  URL.parse(/^[a-z]+:\/\//i.test(address) ? address : `http://${address}`)?.host;

const parseUsername = (text: string): Wanted => {
  const username = usernameSchema.safeParse(text);
  if (username.success) return { kind: 'username', username: username.data };
  const problem = refusalOf(username.error);
  // Two words are no username; of one word, the letter that is refused is named.
  const named = problem.code === 'bad-character' && problem.character !== 'U+0020';
  return named ? { kind: problem.code, character: problem.character } : { kind: 'nothing' };
};

/**
 * Reads a username, an invite code, or the link of the server's page for one, in all the ways in which people paste them.
 * What can be a code is never a username: a stranger would be asked. A username that looks like a code has an @ before it.
 */
export const parseWanted = (typed: string, serverUrl: string): Wanted => {
  const text = cleanLine(typed.slice(0, LONGEST));
  if (text.startsWith('@')) return parseUsername(text.slice(1));
  const invite = findInvite(text);
  if (invite?.kind === 'account') return { kind: 'account-code' };
  if (invite) {
    const elsewhere = invite.server !== null && hostOf(invite.server) !== hostOf(serverUrl);
    return { kind: 'code', code: invite.code, elsewhere };
  }
  if (looksLikeBrokenCode(text)) return { kind: 'broken-code' };
  if (!/^https?:/i.test(text)) return parseUsername(text);
  if (!URL.canParse(text)) return { kind: 'nothing' };
  return { kind: hostOf(text) === hostOf(serverUrl) ? 'nothing' : 'other-server' };
};
