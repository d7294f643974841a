import * as z from 'zod';
import { ownPresenceSchema } from '../../../protocol/presence/presence.ts';
import { deviceSecretSchema, ownAccountSchema, tokenSchema } from '../../../protocol/account/account.ts';
import type { KeyValueStore } from '../../host/key-value-store.ts';

const signInSchema = z.strictObject({
  serverUrl: z.url(),
  token: tokenSchema,
  account: ownAccountSchema,
  /** As the server last said it; shown until it says so again. */
  presence: ownPresenceSchema,
});

/** A sign-in of this device. The token is its secret: it stays in the phone. */
export type StoredSignIn = z.infer<typeof signInSchema>;

const lastSchema = z.strictObject({ serverUrl: z.string(), username: z.string() });

/** How many sign-outs are kept: a server that is gone for good never hears of them. */
const LEFT_AT_MOST = 20;

const leftSchema = signInSchema.pick({ serverUrl: true, token: true });

/** A sign-in that has ended here, of which its server has not heard. */
export type LeftSignIn = z.infer<typeof leftSchema>;

/** Where somebody was signed in last, to be offered again. */
export type LastSignIn = z.infer<typeof lastSchema>;

/** An account at a server, which knows this browser by a secret that no other server or account is told. */
export interface AccountPlace {
  serverUrl: string;
  username: string;
}

const deviceKey = ({ serverUrl, username }: AccountPlace): string => `device ${serverUrl} ${username}`;

const makeSecret = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const parsed = <T>(schema: z.ZodType<T>, value: unknown): T | null => schema.safeParse(value).data ?? null;

/** The sign-in on this device, and the traces of the one before. */
export class SignInStore {
  readonly #store: Pick<KeyValueStore, 'get' | 'set' | 'delete'>;

  constructor(store: Pick<KeyValueStore, 'get' | 'set' | 'delete'>) {
    this.#store = store;
  }

  async load(): Promise<{ signIn: StoredSignIn | null; last: LastSignIn | null }> {
    const [signIn, last] = await Promise.all([this.#store.get('sign-in'), this.#store.get('last-sign-in')]);
    return { signIn: parsed(signInSchema, signIn), last: parsed(lastSchema, last) };
  }

  async save(signIn: StoredSignIn): Promise<void> {
    await this.#store.set('sign-in', signIn);
    await this.#store.set('last-sign-in', { serverUrl: signIn.serverUrl, username: signIn.account.username });
  }

  /** The secret that this browser has for an account; a new one where it never signed in. */
  async deviceSecret(place: AccountPlace): Promise<string> {
    return parsed(deviceSecretSchema, await this.#store.get(deviceKey(place))) ?? makeSecret();
  }

  /** Kept beyond signing out: it is for signing in again. */
  async keepDeviceSecret(place: AccountPlace, secret: string): Promise<void> {
    await this.#store.set(deviceKey(place), secret);
  }

  /** The sign-ins that have ended here, and whose servers have not heard of it. */
  async left(): Promise<LeftSignIn[]> {
    return parsed(z.array(leftSchema), await this.#store.get('left-sign-ins')) ?? [];
  }

  async keepLeft({ serverUrl, token }: LeftSignIn): Promise<void> {
    await this.#store.set(
      'left-sign-ins',
      [...(await this.left()), { serverUrl, token }].slice(-LEFT_AT_MOST),
    );
  }

  async dropLeft({ token }: LeftSignIn): Promise<void> {
    const rest = (await this.left()).filter((each) => each.token !== token);
    if (rest.length > 0) await this.#store.set('left-sign-ins', rest);
    else await this.#store.delete('left-sign-ins');
  }

  async forget(): Promise<void> {
    await this.#store.delete('sign-in');
  }

  /** Forgets a deleted account: nothing is offered again either. */
  async forgetAll(): Promise<void> {
    const { last } = await this.load();
    await this.forget();
    await this.#store.delete('last-sign-in');
    if (last) await this.#store.delete(deviceKey(last));
  }
}
