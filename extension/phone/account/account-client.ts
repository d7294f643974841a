import * as z from 'zod';
import type { Deletion, PasswordChange, Rename } from '../../../protocol/account/account.ts';
import type { UserId } from '../../../protocol/ids.ts';
import {
  createRestRequest,
  createRestSend,
  type RestRequest,
  type RestResult,
  type RestSend,
} from '../connection/rest-request.ts';

const nothing = z.undefined();

/** What a signed-in person asks of the server without the live connection. It keeps the token to itself. */
export class AccountClient {
  readonly #token: string;
  readonly #request: RestRequest;
  readonly #sendRaw: RestSend;

  constructor({ serverUrl, token }: { serverUrl: string; token: string }, fetcher: typeof fetch = fetch) {
    this.#token = token;
    this.#sendRaw = createRestSend(serverUrl, fetcher);
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

  setPicture(bytes: Uint8Array<ArrayBuffer>): Promise<RestResult<undefined>> {
    const request = { method: 'PUT', path: 'accounts/current/picture', bytes, token: this.#token } as const;
    return this.#request(request, nothing);
  }

  removePicture(): Promise<RestResult<undefined>> {
    const request = { method: 'DELETE', path: 'accounts/current/picture', token: this.#token } as const;
    return this.#request(request, nothing);
  }

  /** Null: the person has no picture, it may not be seen, or the server did not answer. */
  async picture(userId: UserId): Promise<Blob | null> {
    const request = { method: 'GET', path: `people/${userId}/picture`, token: this.#token } as const;
    const response = await this.#sendRaw(request);
    return response?.ok === true ? response.blob().catch(() => null) : null;
  }

  #send(method: 'PATCH' | 'PUT' | 'POST', path: string, body: object): Promise<RestResult<undefined>> {
    return this.#request({ method, path, body, token: this.#token }, nothing);
  }
}
