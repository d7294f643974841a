import {
  signInSchema,
  signUpSchema,
  type SignedIn,
  type SignIn,
  type SignUp,
} from '../../../protocol/account/account.ts';
import type { End } from '../../../protocol/calls/call.ts';
import type { CallId, InstanceId } from '../../../protocol/ids.ts';
import type { ClientPayload } from '../../../protocol/events.ts';
import type { OwnPresence } from '../../../protocol/presence/presence.ts';
import { refusalOf } from '../../../protocol/refusal-of.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import type { CommandResult, ServerChoice } from '../../ipc/protocol.ts';
import { problemOf } from '../../ipc/problem-of.ts';
import type { Connection, ConnectionProblem, Session as SessionView } from '../../ipc/snapshot.ts';
import { createAsk } from './ask.ts';
import { findAddress } from './check-server.ts';
import { Signaling } from './signaling.ts';
import { AccountClient } from '../account/account-client.ts';
import type { Log } from '../log-ring.ts';
import { signInAtProvider, type VisitProvider } from './provider-sign-in.ts';
import { PendingSignOuts } from './pending-sign-outs.ts';
import { RestClient } from './rest-client.ts';
import type { RestResult } from './rest-request.ts';
import type { SignInStore, StoredSignIn } from './stored-sign-in.ts';
import { whyNotConnected } from './why-not-connected.ts';

interface Options {
  instanceId: InstanceId;
  store: SignInStore;
  /** What this device calls itself; null: it cannot tell. */
  deviceName: string | null;
  /** The call that this phone holds; asked anew at each connection. */
  heldCall: () => CallId | undefined;
  /** The end of a call that the server may not know; asked anew at each connection. */
  untoldEnd: () => End | undefined;
  /** Whether nobody uses this device; asked anew at each connection. */
  idle: () => boolean;
  onChange: (view: SessionView) => void;
  /** Opens a window for signing in at a provider. */
  visitProvider: VisitProvider;
  /** A connection was made, not open yet: the place to subscribe to the server's events. */
  onSignaling: (signaling: Signaling) => void;
  /** Nobody is signed in here any more, or another phone took over: every call stops. The connection may be open still. */
  onStopped: () => void;
  log: Log;
}

/** Problems of the connection after which nobody is signed in here. */
type Revoked = 'unauthorized' | 'account-deleted';
const isRevoked = (problem: ConnectionProblem): problem is Revoked =>
  problem === 'unauthorized' || problem === 'account-deleted';

const done = { ok: true } as const;

/** How long signing out waits for the server, in milliseconds: it works without one too. */
const SIGN_OUT_TIMEOUT = 3_000;

/** The presence of a new account; the server sends the real one at each connection. */
const FIRST_PRESENCE: OwnPresence = { status: 'available', until: null, text: null, lastSeenShown: false };

/** Settles after `ms`, or sooner when the signal aborts. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Requests whose answer is the person's own presence. */
type PresenceRequest = 'presence:set' | 'presence:text' | 'presence:last-seen';

/** The account that is signed in on this browser, and its connection. Views never get the token. */
export class Session {
  readonly #options: Options;
  readonly #signOuts: PendingSignOuts;
  #signIn: StoredSignIn | null = null;
  #signaling: Signaling | null = null;
  readonly #ask = createAsk(() => this.#signaling);
  #connection: Connection = { kind: 'connecting' };

  constructor(options: Options) {
    this.#options = options;
    this.#signOuts = new PendingSignOuts(options.store);
  }

  /** The connection, while somebody is signed in. */
  get signaling(): Signaling | null {
    return this.#signaling;
  }

  /** What the server can be asked without the connection, while somebody is signed in. */
  get client(): AccountClient | null {
    return this.#signIn && new AccountClient(this.#signIn);
  }

  /** Signs in again where this browser was signed in when the last phone stopped. */
  async start(): Promise<void> {
    void this.#signOuts.send();
    const { signIn, last } = await this.#options.store.load();
    if (signIn) this.#open(signIn);
    else this.#tellSignedOut(last?.serverUrl ?? null, last?.username ?? null, null);
  }

  async signUp(choice: ServerChoice, wish: SignUp): Promise<CommandResult> {
    const account = signUpSchema.safeParse(this.#named(wish));
    if (!account.success) return { ok: false, code: problemOf(refusalOf(account.error)) };
    return this.#enterAsKnown(choice, account.data.username, (rest, deviceSecret) =>
      rest.signUp({ ...account.data, deviceSecret }),
    );
  }

  async signIn(choice: ServerChoice, claim: SignIn): Promise<CommandResult> {
    const account = signInSchema.safeParse(this.#named(claim));
    // A username that cannot exist counts as a wrong one, not as a malformed request.
    if (!account.success) return { ok: false, code: 'wrong-credentials' };
    return this.#enterAsKnown(choice, account.data.username, (rest, deviceSecret) =>
      rest.signIn({ ...account.data, deviceSecret }),
    );
  }

  async signInAtProvider(choice: ServerChoice, inviteCode?: string): Promise<CommandResult> {
    const address = await findAddress(choice);
    if (!address.ok) return address;
    const { serverUrl } = address;
    const visited = await signInAtProvider(serverUrl, this.#options.visitProvider, inviteCode);
    if (!visited.ok) return visited;
    return this.#enter(serverUrl, (rest) => rest.redeem(this.#named(visited.claim)));
  }

  async signOut(): Promise<CommandResult> {
    const left = this.#signIn;
    if (!left) return done;
    const signaling = this.#signaling;
    this.#options.onStopped();
    this.#signIn = null;
    this.#signaling = null;
    this.#tellSignedOut(left.serverUrl, left.account.username, null);
    // Kept before it is forgotten: should this browser end now, the server hears of it later.
    await this.#signOuts.add(left).catch(() => {
      this.#options.log('store-failed');
    });
    await this.#options.store.forget();
    // The connection closes last: the ends of the calls go out over it.
    const waiting = new AbortController();
    const timeout = pause(SIGN_OUT_TIMEOUT, waiting.signal);
    await Promise.race([this.#signOuts.send(), timeout]);
    waiting.abort();
    signaling?.close();
    return done;
  }

  /** The server has deleted the account; nobody is signed in here any more. */
  accountDeleted(): Promise<void> {
    return this.#revoked('account-deleted');
  }

  reconnect(): CommandResult {
    if (!this.#signaling) return { ok: false, code: 'signed-out' };
    this.#signaling.connect();
    return done;
  }

  /** Tries at once to connect over the network that is there now. */
  networkChanged(): void {
    this.#signaling?.networkChanged();
  }

  /** Replaces the connection at once: this machine has slept, and the old one may be dead. */
  reopenConnection(): void {
    this.#signaling?.reopen();
  }

  /** Changes the person's presence at the server, and shows what it is then. */
  async changePresence<E extends PresenceRequest>(
    event: E,
    payload: ClientPayload<E>,
  ): Promise<CommandResult> {
    const answer = await this.#ask(event, payload);
    if (!answer.ok) return { ok: false, code: problemOf(answer) };
    const { status, until, text, lastSeenShown } = answer;
    this.#changeSignIn({ presence: { status, until, text, lastSeenShown } });
    return done;
  }

  #named<T extends object>(account: T): T & { deviceName?: string } {
    const { deviceName } = this.#options;
    return deviceName === null ? account : { ...account, deviceName };
  }

  /**
   * Signs in with the secret by which the server knows this browser; the secret is kept once the password was
   * right.
   */
  async #enterAsKnown(
    choice: ServerChoice,
    username: string,
    ask: (rest: RestClient, deviceSecret: string) => Promise<RestResult<SignedIn>>,
  ): Promise<CommandResult> {
    const address = await findAddress(choice);
    if (!address.ok) return address;
    const { serverUrl } = address;
    const { store } = this.#options;
    return this.#enter(serverUrl, async (rest) => {
      const deviceSecret = await store.deviceSecret({ serverUrl, username });
      const answer = await ask(rest, deviceSecret);
      if (answer.ok) await store.keepDeviceSecret({ serverUrl, username }, deviceSecret);
      return answer;
    });
  }

  async #enter(
    serverUrl: string,
    ask: (rest: RestClient) => Promise<RestResult<SignedIn>>,
  ): Promise<CommandResult> {
    const answer = await ask(new RestClient(serverUrl));
    if (!answer.ok) return { ok: false, code: answer.code };
    await this.signOut();
    const { token, account } = answer.value;
    const signIn: StoredSignIn = { serverUrl, token, account, presence: FIRST_PRESENCE };
    await this.#options.store.save(signIn);
    this.#open(signIn);
    return done;
  }

  #open(signIn: StoredSignIn): void {
    const { instanceId, heldCall, untoldEnd, idle, onSignaling, log } = this.#options;
    this.#signIn = signIn;
    const signaling = new Signaling({
      serverUrl: signIn.serverUrl,
      handshake: () => {
        const callId = heldCall();
        const ended = untoldEnd();
        const handshake = { protocol: PROTOCOL_VERSION, token: signIn.token, instanceId, idle: idle() };
        return { ...handshake, ...(callId && { callId }), ...(ended && { ended }) };
      },
      onState: (state) => {
        if (this.#signaling === signaling) this.#connectionChanged(state);
      },
      why: () => whyNotConnected(new RestClient(signIn.serverUrl)),
      log,
    });
    this.#signaling = signaling;
    signaling.on('session:ready', ({ account, presence }) => {
      this.#changeSignIn({ account, presence });
    });
    signaling.on('account:changed', (account) => {
      // The owner's own fields do not change with name and picture.
      const { withoutPassword } = this.#signIn?.account ?? {};
      this.#changeSignIn({ account: { ...account, ...(withoutPassword && { withoutPassword }) } });
    });
    signaling.on('presence:own', (presence) => {
      this.#changeSignIn({ presence });
    });
    onSignaling(signaling);
    signaling.connect();
  }

  #connectionChanged(state: Connection): void {
    this.#connection = state;
    this.#options.log('connection', {
      state: state.kind,
      ...(state.kind === 'offline' && { problem: state.problem }),
    });
    if (state.kind === 'offline' && isRevoked(state.problem)) void this.#revoked(state.problem);
    else this.#tell();
    if (state.kind === 'offline' && state.problem === 'superseded') this.#options.onStopped();
  }

  /** Signed out from elsewhere or after too long away, or the account is gone. */
  async #revoked(problem: Revoked): Promise<void> {
    const left = this.#signIn;
    if (!left) return;
    this.#options.onStopped();
    this.#signaling?.close();
    this.#signIn = null;
    this.#signaling = null;
    const gone = problem === 'account-deleted';
    this.#tellSignedOut(left.serverUrl, gone ? null : left.account.username, problem);
    const { store } = this.#options;
    await (gone ? store.forgetAll() : store.forget()).catch(() => {
      this.#options.log('store-failed');
    });
  }

  #changeSignIn(change: Partial<Pick<StoredSignIn, 'account' | 'presence'>>): void {
    if (!this.#signIn) return;
    this.#signIn = { ...this.#signIn, ...change };
    this.#tell();
    this.#options.store.save(this.#signIn).catch(() => {
      this.#options.log('store-failed');
    });
  }

  #tell(): void {
    if (!this.#signIn) return;
    const { serverUrl, account, presence } = this.#signIn;
    this.#options.onChange({ kind: 'signed-in', serverUrl, account, presence, connection: this.#connection });
  }

  #tellSignedOut(serverUrl: string | null, username: string | null, problem: ConnectionProblem | null): void {
    this.#options.onChange({ kind: 'signed-out', serverUrl, username, problem });
  }
}
