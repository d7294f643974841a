import type { Registration } from '../../protocol/account.ts';
import type { Ask } from '../messaging/asking.ts';
import type { CommandResult, PhoneProtocol, ServerChoice } from '../messaging/protocol.ts';
import type { Session } from '../messaging/snapshot.ts';
import type { Problem } from './problem-text.ts';
import { forgetDraft, keepDraft, readDraft } from './sign-in-draft.ts';

type AccountKind = 'new' | 'existing';

interface Options {
  askPhone: Ask<PhoneProtocol>;
  /** Who was signed in before, to be offered again. */
  session: Session;
}

/** The sign-in form: what is typed stays through every refusal, and the password nowhere else. */
export class SignIn {
  username = $state('');
  displayName = $state('');
  password = $state('');
  kind = $state<AccountKind>('existing');
  /** Agreed to for the address as it stands; another address asks anew. */
  insecureConfirmed = $state(false);
  #serverUrl = $state('');
  #insecure = $state(false);
  #busy = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #registration = $state.raw<Registration | null>(null);
  readonly #askPhone: Ask<PhoneProtocol>;

  constructor({ askPhone, session }: Options) {
    this.#askPhone = askPhone;
    const before = session.kind === 'signed-out' ? session : null;
    const draft = readDraft();
    this.#serverUrl = draft.serverUrl || (before?.serverUrl ?? '');
    this.username = draft.username || (before?.username ?? '');
    this.displayName = draft.displayName;
    this.#problem = before?.problem ?? null;
  }

  get serverUrl(): string {
    return this.#serverUrl;
  }

  set serverUrl(value: string) {
    this.#serverUrl = value;
    this.#insecure = false;
    this.insecureConfirmed = false;
    this.#registration = null;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** The address has no TLS and needs a confirmation. */
  get insecure(): boolean {
    return this.#insecure;
  }

  /** Who may create an account there; null until the server was asked. */
  get registration(): Registration | null {
    return this.#registration;
  }

  keep(): void {
    keepDraft({ serverUrl: this.#serverUrl, username: this.username, displayName: this.displayName });
  }

  /** Asks whether there is a server at the address. Resolves to whether there is. */
  async checkServer(): Promise<boolean> {
    const found = await this.#attempt(() => this.#askPhone('check-server', this.#server()));
    if (found?.ok !== true) return false;
    this.#registration = found.server.registration;
    this.kind = this.username === '' && found.server.registration === 'open' ? 'new' : 'existing';
    return true;
  }

  /** Signs in, or creates the account and signs in. Resolves to whether it was done. */
  async submit(): Promise<boolean> {
    const { username, displayName, password } = this;
    const account = { ...this.#server(), username, password };
    const result = await this.#attempt(() =>
      this.kind === 'new'
        ? this.#askPhone('sign-up', { ...account, displayName })
        : this.#askPhone('sign-in', account),
    );
    if (result?.ok !== true) return false;
    this.password = '';
    forgetDraft();
    return true;
  }

  #server(): ServerChoice {
    return { serverUrl: this.#serverUrl.trim(), insecureConfirmed: this.insecureConfirmed };
  }

  async #attempt<T>(ask: () => Promise<CommandResult<T>>): Promise<CommandResult<T> | null> {
    if (this.#busy) return null;
    this.#busy = true;
    this.#problem = null;
    try {
      const result = await ask();
      if (!result.ok && result.code === 'insecure-address') this.#insecure = true;
      else if (!result.ok) this.#problem = result.code;
      return result;
    } catch {
      this.#problem = 'phone-silent';
      return null;
    } finally {
      this.#busy = false;
    }
  }
}
