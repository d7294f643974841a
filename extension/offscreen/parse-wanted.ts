import { usernameSchema } from '../../protocol/account.ts';
import { contactCodeSchema } from '../../protocol/contacts.ts';

/** Whom a person would like to add, as typed or pasted. `other-server`: the link leads somewhere else. */
export type Wanted =
  | { kind: 'username'; username: string }
  | { kind: 'code'; code: string }
  | { kind: 'other-server' }
  | { kind: 'nothing' };

const codeFrom = (text: string): Wanted => {
  const { data: code } = contactCodeSchema.safeParse(text);
  return code === undefined ? { kind: 'nothing' } : { kind: 'code', code };
};

/** Reads a username, an invite code, or the link of the server's page for one. */
export const parseWanted = (typed: string, serverUrl: string): Wanted => {
  const text = typed.trim();
  if (/^https?:/i.test(text)) {
    if (!URL.canParse(text)) return { kind: 'nothing' };
    const { origin, pathname } = new URL(text);
    if (origin !== new URL(serverUrl).origin) return { kind: 'other-server' };
    return codeFrom(pathname.replace(/^\/invite\//, ''));
  }
  const wanted = codeFrom(text);
  if (wanted.kind === 'code') return wanted;
  const { data: username } = usernameSchema.safeParse(text);
  return username === undefined ? wanted : { kind: 'username', username };
};
