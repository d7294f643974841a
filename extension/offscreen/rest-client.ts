import * as z from 'zod';
import {
  serverInfoSchema,
  signedInSchema,
  type ProviderSignIn,
  type ServerInfo,
  type SignedIn,
} from '../../protocol/account.ts';
import { problemSchema } from '../../protocol/errors.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { ConnectionProblem } from '../messaging/snapshot.ts';

export type RestResult<T> = { ok: true; value: T } | { ok: false; code: ConnectionProblem };

/** Milliseconds. Signing in hashes a password, which queues on a busy server. */
const PATIENCE = 15_000;

interface Request {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: object;
  token?: string;
}

/** The requests that come before a live connection. Results are parsed; problems are codes. Nothing rejects. */
export class RestClient {
  readonly #origin: string;
  readonly #fetch: typeof fetch;

  constructor(origin: string, fetcher: typeof fetch = fetch) {
    this.#origin = origin;
    this.#fetch = fetcher.bind(globalThis);
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

  signUp(account: {
    username: string;
    displayName: string;
    password: string;
  }): Promise<RestResult<SignedIn>> {
    return this.#request({ method: 'POST', path: 'accounts', body: account }, signedInSchema);
  }

  signIn(account: { username: string; password: string }): Promise<RestResult<SignedIn>> {
    return this.#request({ method: 'POST', path: 'sessions', body: account }, signedInSchema);
  }

  redeem(claim: ProviderSignIn): Promise<RestResult<SignedIn>> {
    return this.#request({ method: 'POST', path: 'sessions/provider', body: claim }, signedInSchema);
  }

  signOut(token: string): Promise<RestResult<undefined>> {
    return this.#request({ method: 'DELETE', path: 'sessions/current', token }, z.undefined());
  }

  /**
   * Whether anything answers there. The browser keeps the answer of a server
   * that does not let extensions in from us, and reports it like no answer.
   */
  async #answersAtAll(): Promise<boolean> {
    try {
      await this.#fetch(this.#origin, {
        mode: 'no-cors',
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(PATIENCE),
      });
      return true;
    } catch {
      return false;
    }
  }

  async #request<T>({ method, path, body, token }: Request, schema: z.ZodType<T>): Promise<RestResult<T>> {
    let response: Response;
    try {
      response = await this.#fetch(`${this.#origin}/api/v1/${path}`, {
        method,
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return { ok: false, code: 'server-unreachable' };
    }
    const content: unknown = response.status === 204 ? undefined : await response.json().catch(() => null);
    if (response.ok) {
      const value = schema.safeParse(content);
      return value.success ? { ok: true, value: value.data } : { ok: false, code: 'not-a-server' };
    }
    const problem = problemSchema.safeParse(content);
    return { ok: false, code: problem.success ? problem.data.code : 'not-a-server' };
  }
}
