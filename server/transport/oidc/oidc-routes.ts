import type { Request } from 'express';
import { oidcStartSchema, providerSignInSchema, signedInSchema } from '../../../protocol/account/account.ts';
import { publicPost } from '../http/api-route.ts';
import { publicAddress } from '../http/public-path.ts';
import type { Route } from '../http/route.ts';
import { hashInviteCode } from '../../account/invite-code.ts';
import { Refused } from '../../refused.ts';
import type { OidcSignIn } from './oidc-sign-in.ts';

const START = '/oidc/start';
/** The one address that the operator registers with the provider. */
const CALLBACK = '/oidc/callback';
const COOKIE = 'quick-call-sign-in';

/** The invite's hash waits in the browser while the person is at the provider. */
const INVITE_COOKIE = 'quick-call-invite';

/** What a cookie of ours holds: 32 bytes as base64url. */
const cookieOf = (request: Request, name: string): string | null =>
  new RegExp(`(?:^|; )${name}=([\\w-]{43})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1] ?? null;

/**
 * The browser's way to the provider and back, and the phone's way to its session.
 * @param extensionId whose phone gets the code: Chromium hands the address below to that extension alone.
 * @param publicPath where a proxy publishes the server; empty: at the root.
 */
export const oidcRoutes = (signIn: OidcSignIn, extensionId: string, publicPath: string): Route[] => {
  const cookiePath = `${publicPath}/oidc`;
  const callbackOf = (request: Request): URL => new URL(publicAddress(request, publicPath) + CALLBACK);
  const phoneAddress = (parameters: Record<string, string>): string =>
    `https://${extensionId}.chromiumapp.org/?${String(new URLSearchParams(parameters))}`;
  return [
    {
      kind: 'plain',
      method: 'get',
      path: START,
      operationId: 'startProviderSignIn',
      summary: 'Sends the browser to the OpenID Connect provider',
      produces: 'text/html',
      problems: ['bad-request', 'unavailable'],
      async serve(request, response) {
        const wish = oidcStartSchema.safeParse(request.query);
        if (!wish.success) throw new Refused('bad-request');
        const { url, browser } = await signIn.start(wish.data, callbackOf(request).href);
        // `lax`: the provider sends the browser back from its own site.
        const kept = { httpOnly: true, sameSite: 'lax', secure: request.secure, path: cookiePath } as const;
        const { inviteCode } = wish.data;
        if (inviteCode === undefined) response.clearCookie(INVITE_COOKIE, kept);
        else response.cookie(INVITE_COOKIE, hashInviteCode(inviteCode), kept);
        response.set('Cache-Control', 'no-store').cookie(COOKIE, browser, kept).redirect(303, url.href);
      },
    },
    {
      kind: 'plain',
      method: 'get',
      path: CALLBACK,
      operationId: 'finishProviderSignIn',
      summary: 'Where the OpenID Connect provider sends the browser back to',
      produces: 'text/html',
      problems: ['bad-request'],
      async serve(request, response) {
        const callback = callbackOf(request);
        callback.search = new URL(request.originalUrl, callback).search;
        const { phoneState, result } = await signIn.finish(
          callback,
          cookieOf(request, COOKIE),
          cookieOf(request, INVITE_COOKIE),
        );
        response
          .set('Cache-Control', 'no-store')
          .clearCookie(COOKIE, { path: cookiePath })
          .clearCookie(INVITE_COOKIE, { path: cookiePath })
          .redirect(303, phoneAddress({ state: phoneState, ...result }));
      },
    },
    publicPost(
      {
        path: '/api/v1/sessions/provider',
        operationId: 'signInByProvider',
        summary: 'Sign this device in with the code that came back from the provider',
        body: { name: 'ProviderSignIn', schema: providerSignInSchema },
        result: { name: 'SignedIn', schema: signedInSchema },
        problems: ['wrong-credentials'],
      },
      (claim) => signIn.redeem(claim),
    ),
  ];
};
