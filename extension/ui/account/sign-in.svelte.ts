import { findInvite } from '../../../protocol/find-invite.ts';
import type { ServerInfo } from '../../../protocol/account/account.ts';
import { keep, readKept } from '../../host/kept-entries.ts';
import type { Ask } from '../../ipc/asking.ts';
import type { CommandResult, PhoneProtocol, ServerChoice } from '../../ipc/protocol.ts';
import type { Session } from '../../ipc/snapshot.ts';
import { inviteCodeOf } from './invite-code.ts';
import type { Problem } from '../i18n/problem-text.ts';

type AccountKind = 'new' | 'existing';

/** The fields that are kept while the page is closed. */
const KEPT = ['serverUrl', 'username', 'displayName', 'inviteCode', 'kind'] as const;

interface Options {
  askPhone: Ask<PhoneProtocol>;
  /** Gets the permission to open a provider's window; the browser may ask the person. */
  requestIdentity: () => Promise<boolean>;
  /** The account that was signed in before, offered again. */
  session: Session;
}

/** The sign-in form. It keeps the typed text after every refusal, and stores the password nowhere else. */
export class SignIn {
  username = $state('');
  displayName = $state('');
  password = $state('');
  /** A code, or a link that contains one. */
  inviteCode = $state('');
  kind = $state<AccountKind>('existing');
  /** The person's agreement to an address without TLS. It holds only for this address. */
  insecureConfirmed = $state(false);
  #serverUrl = $state('');
  #insecure = $state(false);
  #busy = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #info = $state.raw<ServerInfo | null>(null);
  #inviteAsked = $state(false);
  #inviteAskedOfProvider = $state(false);
  readonly #askPhone: Ask<PhoneProtocol>;
  readonly #requestIdentity: () => Promise<boolean>;

  constructor({ askPhone, requestIdentity, session }: Options) {
    this.#askPhone = askPhone;
    this.#requestIdentity = requestIdentity;
    const before = session.kind === 'signed-out' ? session : null;
    this.#serverUrl = readKept('sign-in.serverUrl') || (before?.serverUrl ?? '');
    this.username = readKept('sign-in.username') || (before?.username ?? '');
    this.displayName = readKept('sign-in.displayName');
    this.inviteCode = readKept('sign-in.inviteCode');
    this.kind = readKept('sign-in.kind') === 'new' ? 'new' : 'existing';
    this.#problem = before?.problem ?? null;
  }

  get serverUrl(): string {
    return this.#serverUrl;
  }

  set serverUrl(value: string) {
    this.#serverUrl = value;
    this.#insecure = false;
    this.insecureConfirmed = false;
    this.#info = null;
    this.#inviteAsked = false;
    this.#inviteAskedOfProvider = false;
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

  /** Who may create an account on the server; null until the server has answered. */
  get registration(): ServerInfo['registration'] | null {
    return this.#info?.registration ?? null;
  }

  /** Whether a new account needs an invite code, according to the server's information or a refusal. */
  get needsInvite(): boolean {
    return this.kind === 'new' ? this.#invites : this.providerNeedsInvite;
  }

  /** The server asked for an invite code after somebody new had signed in at the provider. */
  get providerNeedsInvite(): boolean {
    return this.#inviteAskedOfProvider;
  }

  /**
   * The provider that people can sign in with on this server; null: none, or the server has not answered yet.
   */
  get provider(): ServerInfo['provider'] {
    return this.#info?.provider ?? null;
  }

  /** Keeps what was typed and chosen, except the password, while the page is closed. */
  keep(): void {
    for (const field of KEPT) keep(`sign-in.${field}`, this[field]);
  }

  /** Resolves to whether there is a server at the address. */
  async checkServer(): Promise<boolean> {
    if (!this.#takeInvite()) return false;
    const found = await this.#attempt(() => this.#askPhone('check-server', this.#server()));
    if (found?.ok !== true) return false;
    if (found.serverUrl !== this.#serverUrl.trim()) this.#serverUrl = found.serverUrl;
    this.#info = found.server;
    const isNew = found.server.registration === 'open' || (this.#invites && this.inviteCode !== '');
    this.kind = this.username === '' && isNew ? 'new' : 'existing';
    return true;
  }

  /**
   * Moves the code of a link that was pasted as the address into its own field, and keeps the beginning of the link
   * as the address.
   */
  #takeInvite(): boolean {
    const invite = findInvite(this.#serverUrl);
    if (!invite) return true;
    if (invite.kind === 'account') this.inviteCode = invite.code;
    else keep('invited', invite.code);
    this.serverUrl = invite.server ?? '';
    this.keep();
    if (invite.server === null) this.#problem = 'invite-without-address';
    return invite.server !== null;
  }

  /** Whether the code, if there is one, is of the kind that creates accounts. */
  #fits(): boolean {
    if (!this.#invites || findInvite(this.inviteCode)?.kind !== 'contact') return true;
    this.#problem = 'contact-invite';
    return false;
  }

  /** Signs in, if necessary after creating the account. Resolves to whether it succeeded. */
  async submit(): Promise<boolean> {
    if (!this.#takeInvite() || (this.kind === 'new' && !this.#fits())) return false;
    const { username, displayName, password } = this;
    const account = { ...this.#server(), username, password };
    const invite = this.#invites ? { inviteCode: inviteCodeOf(this.inviteCode) } : {};
    const result = await this.#attempt(() =>
      this.kind === 'new'
        ? this.#askPhone('sign-up', { ...account, displayName, ...invite })
        : this.#askPhone('sign-in', account),
    );
    if (result?.ok === false && result.code === 'invite-needed') this.#inviteAsked = true;
    return this.#done(result);
  }

  /**
   * Signs in with the server's provider. Call it on a click, because the browser may ask. Resolves to whether
   * it succeeded.
   */
  async submitAtProvider(): Promise<boolean> {
    if (!this.#takeInvite() || !this.#fits()) return false;
    const inviteCode = inviteCodeOf(this.inviteCode);
    // An existing account needs no code, so the field may be empty.
    const invite = this.#invites && inviteCode !== '' ? { inviteCode } : {};
    const result = await this.#attempt(async () =>
      (await this.#requestIdentity())
        ? this.#askPhone('sign-in-at-provider', { ...this.#server(), ...invite })
        : ({ ok: false, code: 'provider-closed' } as const),
    );
    if (result?.ok === false && (result.code === 'invite-needed' || result.code === 'invite-invalid')) {
      this.#inviteAskedOfProvider = true;
    }
    return this.#done(result);
  }

  get #invites(): boolean {
    return this.registration === 'invite' || this.#inviteAsked || this.#inviteAskedOfProvider;
  }

  #done(result: CommandResult | null): boolean {
    if (result?.ok !== true) return false;
    this.password = '';
    for (const field of KEPT) keep(`sign-in.${field}`, '');
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
