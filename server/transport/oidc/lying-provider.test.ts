import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../http/listen.ts';
import { createProvider, type Claims } from './provider.ts';

const CLIENT = 'quick-call';
const CALLBACK = 'https://call.example.org/oidc/callback';

/** What a provider says, where it is not what it should be. */
interface Lies {
  issuer?: string;
  claims?: Record<string, unknown>;
  key?: KeyObject;
  /** A token that nobody signed. */
  unsigned?: boolean;
}

const [own, foreign] = [
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
];
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a provider', () => {
  let http: Server;
  let issuer: string;
  let lies: Lies;
  let nonce: string;

  const idToken = (): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub: 'ada', aud: CLIENT, nonce, iat: now, exp: now + 60, ...lies.claims };
    if (lies.unsigned) return `${encode({ alg: 'none' })}.${encode(claims)}.`;
    const signed = `${encode({ alg: 'RS256', kid: 'own' })}.${encode(claims)}`;
    const signature = createSign('RSA-SHA256')
      .update(signed)
      .sign(lies.key ?? own.privateKey, 'base64url');
    return `${signed}.${signature}`;
  };

  const answers: Record<string, () => object> = {
    '/.well-known/openid-configuration': () => ({
      issuer: lies.issuer ?? issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/keys': () => ({
      keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'own', alg: 'RS256', use: 'sig' }],
    }),
    '/token': () => ({ access_token: 'x', token_type: 'Bearer', id_token: idToken() }),
  };

  beforeEach(async () => {
    lies = {};
    http = createServer((request, response) => {
      const answer = answers[request.url ?? '']?.();
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? {}));
    });
    issuer = `http://127.0.0.1:${String(await listen(http, { host: '127.0.0.1', port: 0 }))}`;
  });
  afterEach(() => {
    http.close();
    http.closeAllConnections();
  });

  const signIn = async (): Promise<Claims> => {
    const provider = createProvider({
      issuer,
      clientId: CLIENT,
      clientSecret: 'secret',
      name: 'Example',
      allow: [],
    });
    const { secrets } = await provider.begin(CALLBACK);
    ({ nonce } = secrets);
    const callback = new URL(
      `${CALLBACK}?${String(new URLSearchParams({ code: 'x', state: secrets.state }))}`,
    );
    return provider.claims(callback, secrets);
  };

  it('is believed when it tells the truth', async () => {
    expect(await signIn()).toMatchObject({ subject: 'ada' });
  });

  it.each<[string, () => Lies]>([
    ['calls itself by another name', () => ({ issuer: 'https://other.example' })],
    ['speaks in another’s name', () => ({ claims: { iss: 'https://other.example' } })],
    ['speaks to somebody else', () => ({ claims: { aud: 'another-client' } })],
    ['answers another question', () => ({ claims: { nonce: 'another' } })],
    ['speaks of long ago', () => ({ claims: { exp: 1_700_000_000 } })],
    ['signs with a key that is not its own', () => ({ key: foreign.privateKey })],
    ['does not sign', () => ({ unsigned: true })],
  ])('is not believed when it %s', async (_what, told) => {
    lies = told();
    await expect(signIn()).rejects.toThrow();
  });
});
