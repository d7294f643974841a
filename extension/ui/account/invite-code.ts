import { cleanLine } from '../../../protocol/one-line.ts';

/** The code in what a person pastes: the code itself, or a link to the server's page with the code in it. */
export const inviteCodeOf = (typed: string): string => {
  const text = cleanLine(typed);
  return URL.parse(text)?.searchParams.get('invite') ?? text;
};
