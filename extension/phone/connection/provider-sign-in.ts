import * as z from 'zod';
import { oidcStartSchema, type ProviderSignIn } from '../../../protocol/account/account.ts';
import { errorCodeSchema } from '../../../protocol/errors.ts';
import type { CommandProblem } from '../../ipc/protocol.ts';

/** Opens an address in a window, and resolves to the address that it came back to; null: the window was closed. */
export type VisitProvider = (url: string) => Promise<string | null>;

type Visited = { ok: true; claim: ProviderSignIn } | { ok: false; code: CommandProblem };

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const challengeOf = async (verifier: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

const answerSchema = z.union([
  z.object({ state: z.string(), code: z.string() }),
  z.object({ state: z.string(), error: errorCodeSchema }),
]);

/**
 * Sends the person to the server's provider and back. The verifier (PKCE, RFC
 * 7636) never leaves the phone until the code is redeemed, so that a code seen
 * on the way is worth nothing.
 * @param inviteCode for somebody new, where the server asks for one
 */
export const signInAtProvider = async (
  origin: string,
  visit: VisitProvider,
  inviteCode?: string,
): Promise<Visited> => {
  const [verifier, state] = [random(), random()];
  const challenge = await challengeOf(verifier);
  // Checked here, or the server's refusal would be a page in the provider's window.
  const wish = oidcStartSchema.safeParse({ challenge, state, inviteCode });
  if (!wish.success) return { ok: false, code: 'invite-invalid' };
  const query = new URLSearchParams({ challenge, state, ...(inviteCode !== undefined && { inviteCode }) });
  const back = await visit(`${origin}/oidc/start?${query.toString()}`);
  if (back === null) return { ok: false, code: 'provider-closed' };
  const answer = answerSchema.safeParse(Object.fromEntries(new URL(back).searchParams));
  if (!answer.success || answer.data.state !== state) return { ok: false, code: 'not-a-server' };
  if ('error' in answer.data) return { ok: false, code: answer.data.error };
  return { ok: true, claim: { code: answer.data.code, verifier } };
};
