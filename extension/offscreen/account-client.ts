import * as z from 'zod';
import type { Deletion, PasswordChange, Rename } from '../../protocol/account.ts';
import { createRestRequest, type RestRequest, type RestResult } from './rest-request.ts';

const nothing = z.undefined();

/** What a signed-in person asks of the server without the live connection. It keeps the token to itself. */
export class AccountClient {
  readonly #token: string;
  readonly #request: RestRequest;

  constructor({ serverUrl, token }: { serverUrl: string; token: string }, fetcher: typeof fetch = fetch) {
    this.#token = token;
    this.#request = createRestRequest(serverUrl, fetcher);
  }

  rename(wish: Rename): Promise<RestResult<undefined>> {
    return this.#send('PATCH', 'accounts/current', wish);
  }

  changePassword(change: PasswordChange): Promise<RestResult<undefined>> {
    return this.#send('PUT', 'accounts/current/password', change);
  }

  delete(proof: Deletion): Promise<RestResult<undefined>> {
    return this.#send('POST', 'accounts/current/deletion', proof);
  }

  #send(method: 'PATCH' | 'PUT' | 'POST', path: string, body: object): Promise<RestResult<undefined>> {
    return this.#request({ method, path, body, token: this.#token }, nothing);
  }
}
