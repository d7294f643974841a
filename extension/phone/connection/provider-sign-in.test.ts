import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { oidcStartSchema } from '../../../protocol/account/account.ts';
import { signInAtProvider } from './provider-sign-in.ts';

const ORIGIN = 'https://calls.example.org';
const CODE = 'c'.repeat(43);

/** A visit that comes back with these parameters; the state is told back unless they hold another. */
const comingBack = (parameters: Record<string, string>) => {
  const seen: URL[] = [];
  const visit = (address: string): Promise<string> => {
    const url = new URL(address);
    seen.push(url);
    const answer = { state: url.searchParams.get('state') ?? '', ...parameters };
    return Promise.resolve(`https://id.chromiumapp.org/?${String(new URLSearchParams(answer))}`);
  };
  return { visit, seen };
};

describe('sign-in at a provider', () => {
  it('shows the server the challenge, and keeps the verifier', async () => {
    const { visit, seen } = comingBack({ code: CODE });
    const visited = await signInAtProvider(ORIGIN, visit);
    if (!visited.ok) throw new Error(visited.code);
    expect(visited.claim.code).toBe(CODE);
    const [start] = seen;
    expect(start?.origin).toBe(ORIGIN);
    const { challenge } = oidcStartSchema.parse(Object.fromEntries(start?.searchParams ?? []));
    expect(challenge).toBe(createHash('sha256').update(visited.claim.verifier).digest('base64url'));
    expect(start?.href).not.toContain(visited.claim.verifier);
  });

  it('makes another pair each time', async () => {
    const { visit, seen } = comingBack({ code: CODE });
    await signInAtProvider(ORIGIN, visit);
    await signInAtProvider(ORIGIN, visit);
    expect(new Set(seen.map(({ href }) => href)).size).toBe(2);
  });

  it('shows the server the invite code, where there is one', async () => {
    const { visit, seen } = comingBack({ code: CODE });
    await signInAtProvider(ORIGIN, visit, 'K7QM-2XPD-9FHT-4WCB');
    await signInAtProvider(ORIGIN, visit);
    expect(seen.map(({ searchParams }) => searchParams.get('inviteCode'))).toEqual([
      'K7QM-2XPD-9FHT-4WCB',
      null,
    ]);
  });

  it('opens no window for what cannot be an invite code', async () => {
    const { visit, seen } = comingBack({ code: CODE });
    const visited = await signInAtProvider(ORIGIN, visit, 'x'.repeat(65));
    expect(visited).toEqual({ ok: false, code: 'invite-invalid' });
    expect(seen).toEqual([]);
  });

  it.each([
    ['the server’s reason', { error: 'registration-closed' }, 'registration-closed'],
    ['that it is no answer when the state is another', { state: 'other', code: CODE }, 'not-a-server'],
    ['that it is no answer when the reason is none of ours', { error: 'whatever' }, 'not-a-server'],
    ['that it is no answer when there is nothing in it', {}, 'not-a-server'],
  ])('says %s', async (_what, parameters, code) => {
    expect(await signInAtProvider(ORIGIN, comingBack(parameters).visit)).toEqual({ ok: false, code });
  });

  it('says that the window was closed', async () => {
    expect(await signInAtProvider(ORIGIN, () => Promise.resolve(null))).toEqual({
      ok: false,
      code: 'provider-closed',
    });
  });
});
