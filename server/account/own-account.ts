import type { Account, Deletion, PasswordChange, Rename } from '../../protocol/account/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import { admit } from '../limits/admit.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import { createProofLimits } from './proof-limits.ts';
import { Refused } from '../refused.ts';
import type { Store } from '../store.ts';
import type { Identity } from './accounts.ts';
import { deleteAccount } from './delete-account.ts';
import type { Passwords } from './passwords.ts';

/** How long a sign-in stands for the password that an account does not have, in milliseconds. */
const FRESH_SIGN_IN = 600_000;

interface OwnAccountDeps {
  store: Pick<Store, 'accounts' | 'sessions' | 'atomically'>;
  passwords: Passwords;
  clock: Clock;
  createLimiter: CreateLimiter;
  /** The person's devices, and those who see them, are to know. */
  onChanged: (account: Account) => Promise<void>;
  /** A session is no longer valid; its live connections must end. */
  onSignedOut: (identity: Identity) => Promise<void>;
  /** The account is gone; its calls and live connections must end. */
  onDeleted: (userId: UserId) => Promise<void>;
}

/** What a person does to their own account. Refusals are thrown as `Refused`. */
export interface OwnAccount {
  rename(wish: Rename, identity: Identity): Promise<void>;
  /** Signs out every other device, since somebody else may know the old password. */
  changePassword(change: PasswordChange, identity: Identity): Promise<void>;
  delete(proof: Deletion, identity: Identity): Promise<void>;
}

export const createOwnAccount = (deps: OwnAccountDeps): OwnAccount => {
  const { store, passwords, clock } = deps;
  const proofs = createProofLimits(deps.createLimiter);
  const changes = deps.createLimiter('profile:account');

  /** The hash that the password was checked against. @throws Refused `wrong-password`, `rate-limited` */
  const prove = async (identity: Identity, password: string): Promise<string> => {
    await proofs.admit(identity);
    const account = await store.accounts.byId(identity.userId);
    if (!account) throw new Refused('unauthorized');
    const { passwordHash } = account;
    const right = await passwords.verify(password, passwordHash, identity.userId);
    if (passwordHash === null || !right) throw new Refused('wrong-password');
    return passwordHash;
  };

  /** @throws Refused `wrong-password`, or `sign-in-again` where there is no password to ask for */
  const confirm = async (identity: Identity, password: string | undefined): Promise<void> => {
    const account = await store.accounts.byId(identity.userId);
    if (account?.passwordHash !== null) {
      await prove(identity, password ?? '');
      return;
    }
    const session = await store.sessions.byId(identity.sessionId);
    if (!session || clock.now() - session.createdAt > FRESH_SIGN_IN) throw new Refused('sign-in-again');
  };

  return {
    async rename({ displayName }, { userId }) {
      await admit(changes, userId);
      const account = await store.accounts.rename(userId, displayName);
      if (!account) throw new Refused('unauthorized');
      await deps.onChanged(account);
    },
    async changePassword({ current, next }, identity) {
      const { userId, sessionId } = identity;
      const was = await prove(identity, current);
      const change = { was, hash: await passwords.hash(next, userId) };
      if (!(await store.accounts.changePassword(userId, change))) throw new Refused('wrong-password');
      for (const removed of await store.sessions.removeOf(userId, sessionId)) {
        await deps.onSignedOut({ userId, sessionId: removed });
      }
    },
    async delete({ password }, identity) {
      const { userId } = identity;
      await confirm(identity, password);
      await store.atomically((stores) => deleteAccount(stores, userId, clock.now()));
      await deps.onDeleted(userId);
    },
  };
};
