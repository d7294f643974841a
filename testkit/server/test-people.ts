import { signedInSchema, type SignedIn } from '../../protocol/account/account.ts';
import { problemSchema } from '../../protocol/errors.ts';
import { Phone, type PhoneOptions } from './phone.ts';

export const TEST_PASSWORD = 'correct horse';

/** Signs people up and in at a server, and opens their phones. */
export interface TestPeople {
  /** Creates an account; the display name is the username with a capital. */
  signUp(username: string, more?: { deviceName?: string }): Promise<SignedIn>;
  /** Another device of the same person. */
  signIn(username: string, more?: { deviceName?: string }): Promise<SignedIn>;
  signOut(who: SignedIn): Promise<void>;
  /** Opens a phone and waits for `session:ready`. */
  phone(who: SignedIn, options?: PhoneOptions): Promise<Phone>;
  /** Opens a phone and does not wait: for handshakes that are refused. */
  dial(options: PhoneOptions & { token?: unknown }): Phone;
  close(): void;
}

const request = async (url: string, method: string, init: RequestInit): Promise<unknown> => {
  const response = await fetch(url, { method, ...init });
  const body: unknown = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(problemSchema.parse(body).code);
  return body;
};

const json = (body: unknown): RequestInit => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** @param urls the addresses of the nodes, which may run in other processes; people are spread over them in turn. */
export const createTestPeople = (urls: string | readonly string[]): TestPeople => {
  const phones: Phone[] = [];
  const nodes = [urls].flat();
  let turn = 0;
  const nextUrl = (): string => {
    turn += 1;
    return nodes[turn % nodes.length] ?? '';
  };
  const dial = (options: PhoneOptions & { token?: unknown }): Phone => {
    const phone = new Phone(nextUrl(), options);
    phones.push(phone);
    return phone;
  };
  return {
    async signUp(username, more = {}) {
      const displayName = username.charAt(0).toUpperCase() + username.slice(1);
      const body = json({ username, displayName, password: TEST_PASSWORD, ...more });
      return signedInSchema.parse(await request(`${nextUrl()}/api/v1/accounts`, 'POST', body));
    },
    async signIn(username, more = {}) {
      const body = json({ username, password: TEST_PASSWORD, ...more });
      return signedInSchema.parse(await request(`${nextUrl()}/api/v1/sessions`, 'POST', body));
    },
    async signOut({ token }) {
      const headers = { authorization: `Bearer ${token}` };
      await request(`${nextUrl()}/api/v1/sessions/current`, 'DELETE', { headers });
    },
    async phone({ token }, options = {}) {
      const phone = dial({ ...options, token });
      await phone.next('session:ready');
      return phone;
    },
    dial,
    close() {
      for (const phone of phones) phone.close();
    },
  };
};
