import * as z from 'zod';
import {
  serverInfoSchema,
  signedInSchema,
  type ProviderSignIn,
  type ServerInfo,
  type SignedIn,
  type SignIn,
  type SignUp,
} from '../../../protocol/account/account.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { createRestRequest, type RestRequest, type RestResult } from './rest-request.ts';

/** Milliseconds. */
const TIMEOUT = 15_000;

/**
 * The requests about signing in and out, which need no connection. Results are parsed; problems are codes. Nothing
 * rejects.
 */
export class RestClient {
  readonly #origin: string;
  readonly #fetch: typeof fetch;
  readonly #request: RestRequest;

  constructor(origin: string, fetcher: typeof fetch = fetch) {
    this.#origin = origin;
    this.#fetch = fetcher.bind(globalThis);
    this.#request = createRestRequest(origin, fetcher);
  }

  /** Whether a server of this product, of a version that fits, is there. */
  async server(): Promise<RestResult<ServerInfo>> {
    const found = await this.#request({ method: 'GET', path: 'server' }, serverInfoSchema);
    if (!found.ok && found.code === 'server-unreachable' && (await this.#answersAtAll())) {
      return { ok: false, code: 'not-a-server' };
    }
    if (!found.ok || found.value.protocol === PROTOCOL_VERSION) return found;
    return {
      ok: false,
      code: found.value.protocol > PROTOCOL_VERSION ? 'version-too-old' : 'version-too-new',
    };
  }

  signUp(account: SignUp): Promise<RestResult<SignedIn>> {
    return this.#request({ method: 'POST', path: 'accounts', body: account }, signedInSchema);
  }

  signIn(account: SignIn): Promise<RestResult<SignedIn>> {
    return this.#request({ method: 'POST', path: 'sessions', body: account }, signedInSchema);
  }

  redeem(claim: ProviderSignIn): Promise<RestResult<SignedIn>> {
    return this.#request({ method: 'POST', path: 'sessions/provider', body: claim }, signedInSchema);
  }

  signOut(token: string): Promise<RestResult<undefined>> {
    return this.#request({ method: 'DELETE', path: 'sessions/current', token }, z.undefined());
  }

  /**
   * Whether anything answers there. If a server does not let extensions in, the browser hides its answer, and
   * reports it as if there were none.
   */
  async #answersAtAll(): Promise<boolean> {
    try {
      await this.#fetch(this.#origin, {
        mode: 'no-cors',
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      return true;
    } catch {
      return false;
    }
  }
}
