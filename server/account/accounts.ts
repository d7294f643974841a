import { randomUUID } from 'node:crypto';
import type { Account, Registration, SignedIn, SignIn, SignUp } from '../../protocol/account/account.ts';
import type { NewDevice } from '../../protocol/devices/device.ts';
import type { SessionId, UserId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import { admit } from '../limits/admit.ts';
import { createSignInLimits } from './sign-in-limits.ts';
import { hashInviteCode } from './invite-code.ts';
import { Refused } from '../refused.ts';
import type { AccountStore, StoredAccount } from './account-store.ts';
import type { InviteStore } from './invite-store.ts';
import type { KnownDeviceStore } from './known-device-store.ts';
import type { OperatorStore } from './operator-store.ts';
import type { SessionStore } from './session-store.ts';
import type { Store } from '../store.ts';
import type { Passwords } from './passwords.ts';
import { toOwnAccount } from './to-own-account.ts';
import { hashToken, makeToken } from './tokens.ts';

/** Who a request or a connection comes from, found by its token. */
export interface Identity {
  userId: UserId;
  sessionId: SessionId;
}

/** As found, with when that sign-in was made, in epoch milliseconds. */
export interface SignedInIdentity extends Identity {
  signedInAt: number;
}

interface AccountsDeps {
  accounts: AccountStore;
  sessions: SessionStore;
  knownDevices: KnownDeviceStore;
  invites: InviteStore;
  operator: Pick<OperatorStore, 'isDisabled'>;
  atomically: Store['atomically'];
  passwords: Passwords;
  clock: Clock;
  registration: Registration;
  /** Milliseconds that a session lives on from each use. */
  sessionLife: number;
  createLimiter: CreateLimiter;
  /** An account was created; others may see it now. */
  onCreated: (account: Account) => Promise<void>;
  /** A person who had an account signed in on another device. */
  onSignedIn: (userId: UserId, device: NewDevice) => Promise<void>;
  /** A session is no longer valid; its live connections must end. */
  onSignedOut: (identity: Identity) => Promise<void>;
}

/** Accounts, and who is signed in. Refusals are thrown as `Refused`. */
export interface Accounts {
  /** @param address where the request comes from, to be counted by. */
  signUp(wish: SignUp, address: string): Promise<SignedIn>;
  signIn(claim: SignIn, address: string): Promise<SignedIn>;
  /** Signs a device in whose owner somebody else has vouched for. @throws Refused `wrong-credentials` when the account is gone. */
  signInAs(userId: UserId, deviceName: string | undefined): Promise<SignedIn>;
  signOut(identity: Identity): Promise<void>;
  /** Null when the token is unknown, expired or revoked. Using a session slides it on. */
  authenticate(token: string): Promise<SignedInIdentity | null>;
}

/** Whom a device is looked up for when there is no account: no id is like it. */
const NOBODY: UserId = '00000000-0000-0000-0000-000000000000';

/** A session is written at most once an hour for being used. */
const TOUCH_EVERY = 3_600_000;

export const createAccounts = (deps: AccountsDeps): Accounts => {
  const { accounts, sessions, knownDevices, passwords, clock } = deps;
  const signUps = deps.createLimiter('sign-up:address');
  const signUpTries = deps.createLimiter('sign-up-tries:address');
  const signIns = createSignInLimits(deps.createLimiter);

  const open = async (account: StoredAccount, deviceName: string | undefined): Promise<SignedIn> => {
    const token = makeToken();
    const sessionId = randomUUID();
    const now = clock.now();
    const removed = await sessions.create({
      sessionId,
      userId: account.userId,
      tokenHash: hashToken(token),
      deviceName: deviceName ?? null,
      toldUntil: now,
      createdAt: now,
      seenAt: now,
      expiresAt: now + deps.sessionLife,
    });
    for (const each of removed) await deps.onSignedOut({ userId: account.userId, sessionId: each });
    // Checked last, so that an account that is disabled at this moment stays out.
    if (await deps.operator.isDisabled(account.userId)) {
      await sessions.remove(sessionId);
      throw new Refused('wrong-credentials');
    }
    return { token, sessionId, account: toOwnAccount(account) };
  };

  /** Tells the person's other devices. */
  const announced = async (signedIn: SignedIn, deviceName: string | undefined): Promise<SignedIn> => {
    await deps.onSignedIn(signedIn.account.userId, {
      deviceId: signedIn.sessionId,
      name: deviceName ?? null,
      signedInAt: clock.now(),
    });
    return signedIn;
  };

  /** The hash of a code that is good right now. @throws Refused */
  const checkInvite = async (typed: string | undefined): Promise<string> => {
    if (typed === undefined || typed.trim() === '') throw new Refused('invite-needed');
    const codeHash = hashInviteCode(typed);
    if (!(await deps.invites.isValid(codeHash, clock.now()))) throw new Refused('invite-invalid');
    return codeHash;
  };

  const rememberDevice = async (userId: UserId, deviceSecret: string | undefined): Promise<void> => {
    if (deviceSecret !== undefined) await knownDevices.remember(userId, hashToken(deviceSecret), clock.now());
  };

  /** @throws Refused */
  const createAccount = async (
    { username, displayName, password, deviceName, deviceSecret, inviteCode }: SignUp,
    address: string,
  ): Promise<SignedIn> => {
    // Checked first: without an invite nobody learns which names are taken.
    const invite = deps.registration === 'invite' ? await checkInvite(inviteCode) : null;
    if (await accounts.byUsername(username)) throw new Refused('username-taken');
    const account: StoredAccount = {
      userId: randomUUID(),
      username,
      displayName,
      passwordHash: await passwords.hash(password, address),
      chosenStatus: 'available',
      createdAt: clock.now(),
    };
    await deps.atomically(async (stores) => {
      if (invite !== null && !(await stores.invites.take(invite, clock.now()))) {
        throw new Refused('invite-invalid');
      }
      if (!(await stores.accounts.create(account))) throw new Refused('username-taken');
    });
    const signedIn = await open(account, deviceName);
    await rememberDevice(account.userId, deviceSecret);
    await deps.onCreated(signedIn.account);
    return signedIn;
  };

  return {
    async signUp(wish, address) {
      if (deps.registration === 'closed') throw new Refused('registration-closed');
      await admit(signUpTries, address);
      await admit(signUps, address);
      try {
        return await createAccount(wish, address);
      } catch (error) {
        if (error instanceof Refused) await signUps.giveBack(address);
        throw error;
      }
    },
    async signIn({ username, password, deviceName, deviceSecret }, address) {
      const account = await accounts.byUsername(username);
      // From here on everything takes as long as if there were such an account.
      const userId = account?.userId ?? NOBODY;
      const deviceHash = deviceSecret === undefined ? null : hashToken(deviceSecret);
      const isKnown = deviceHash !== null && (await knownDevices.knows(userId, deviceHash));
      const known = isKnown ? { userId, deviceHash } : null;
      const giveBack = await signIns.admit({ username, address, known });
      const right = await passwords.verify(password, account?.passwordHash ?? null, address);
      if (!account || !right) throw new Refused('wrong-credentials');
      await giveBack();
      const signedIn = await open(account, deviceName);
      // Hashing takes a while: a password changed meanwhile has signed everybody out, and must not let this one in.
      const now = await accounts.byId(account.userId);
      if (now?.passwordHash !== account.passwordHash) {
        await sessions.remove(signedIn.sessionId);
        throw new Refused('wrong-credentials');
      }
      await rememberDevice(userId, deviceSecret);
      return announced(signedIn, deviceName);
    },
    async signInAs(userId, deviceName) {
      const account = await accounts.byId(userId);
      if (!account) throw new Refused('wrong-credentials');
      return announced(await open(account, deviceName), deviceName);
    },
    async signOut(identity) {
      if (await sessions.remove(identity.sessionId)) await deps.onSignedOut(identity);
    },
    async authenticate(token) {
      const session = await sessions.byTokenHash(hashToken(token));
      const now = clock.now();
      if (!session || session.expiresAt <= now) return null;
      if (now - session.seenAt >= TOUCH_EVERY) {
        await sessions.touch(session.sessionId, now, now + deps.sessionLife);
      }
      return { userId: session.userId, sessionId: session.sessionId, signedInAt: session.createdAt };
    },
  };
};
