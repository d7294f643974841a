import { randomUUID } from 'node:crypto';
import type { Account, Registration, SignedIn, SignIn, SignUp } from '../../protocol/account.ts';
import type { NewDevice } from '../../protocol/device.ts';
import type { SessionId, UserId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import { Refused } from '../refused.ts';
import type { AccountStore, StoredAccount } from '../store/account-store.ts';
import type { SessionStore } from '../store/session-store.ts';
import type { Passwords } from './passwords.ts';
import { toAccount } from './to-account.ts';
import { hashToken, makeToken } from './tokens.ts';

/** Who a request or a connection comes from, found by its token. */
export interface Identity {
  userId: UserId;
  sessionId: SessionId;
}

interface AccountsDeps {
  accounts: AccountStore;
  sessions: SessionStore;
  passwords: Passwords;
  clock: Clock;
  registration: Registration;
  /** Milliseconds that a session lives on from each use. */
  sessionLife: number;
  /** An account was created; others may see it now. */
  onCreated: (account: Account) => Promise<void>;
  /** A person who had an account signed in on another device. */
  onSignedIn: (userId: UserId, device: NewDevice) => Promise<void>;
  /** A session is no longer valid; its live connections must end. */
  onSignedOut: (identity: Identity) => Promise<void>;
}

/** Accounts, and who is signed in. Refusals are thrown as `Refused`. */
export interface Accounts {
  signUp(wish: SignUp): Promise<SignedIn>;
  signIn(claim: SignIn): Promise<SignedIn>;
  /** Signs a device in whose owner somebody else has vouched for. @throws Refused `wrong-credentials` when the account is gone. */
  signInAs(userId: UserId, deviceName: string | undefined): Promise<SignedIn>;
  signOut(identity: Identity): Promise<void>;
  /** Null when the token is unknown, expired or revoked. Using a session slides it on. */
  authenticate(token: string): Promise<Identity | null>;
}

/** A session is written at most once an hour for being used. */
const TOUCH_EVERY = 3_600_000;

export const createAccounts = (deps: AccountsDeps): Accounts => {
  const { accounts, sessions, passwords, clock } = deps;

  const open = async (account: Account, deviceName: string | undefined): Promise<SignedIn> => {
    const token = makeToken();
    const sessionId = randomUUID();
    const now = clock.now();
    await sessions.create({
      sessionId,
      userId: account.userId,
      tokenHash: hashToken(token),
      deviceName: deviceName ?? null,
      toldUntil: now,
      createdAt: now,
      seenAt: now,
      expiresAt: now + deps.sessionLife,
    });
    return { token, sessionId, account: toAccount(account) };
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

  return {
    async signUp({ username, displayName, password, deviceName }) {
      // Invite codes do not exist yet: until they do, `invite` lets nobody in.
      if (deps.registration !== 'open') throw new Refused('registration-closed');
      if (await accounts.byUsername(username)) throw new Refused('username-taken');
      const account: StoredAccount = {
        userId: randomUUID(),
        username,
        displayName,
        passwordHash: await passwords.hash(password),
        chosenStatus: 'available',
        createdAt: clock.now(),
      };
      if (!(await accounts.create(account))) throw new Refused('username-taken');
      const signedIn = await open(account, deviceName);
      await deps.onCreated(signedIn.account);
      return signedIn;
    },
    async signIn({ username, password, deviceName }) {
      const account = await accounts.byUsername(username);
      const right = await passwords.verify(password, account?.passwordHash ?? null);
      if (!account || !right) throw new Refused('wrong-credentials');
      const signedIn = await open(account, deviceName);
      // Hashing takes a while: a password changed meanwhile has signed everybody out, and must not let this one in.
      const now = await accounts.byId(account.userId);
      if (now?.passwordHash !== account.passwordHash) {
        await sessions.remove(signedIn.sessionId);
        throw new Refused('wrong-credentials');
      }
      return announced(signedIn, deviceName);
    },
    async signInAs(userId, deviceName) {
      const account = await accounts.byId(userId);
      if (!account) throw new Refused('wrong-credentials');
      return open(account, deviceName);
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
      return { userId: session.userId, sessionId: session.sessionId };
    },
  };
};
