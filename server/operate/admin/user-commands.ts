import { randomInt, randomUUID } from 'node:crypto';
import {
  displayNameSchema,
  passwordSchema,
  usernameSchema,
  type Account,
} from '../../../protocol/account/account.ts';
import { refusalOf } from '../../../protocol/refusal-of.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import { deleteAccount } from '../../account/delete-account.ts';
import type { Passwords } from '../../account/passwords.ts';
import type { Clock } from '../../clock.ts';
import type { StoredAccount } from '../../account/account-store.ts';
import type { AccountLine } from '../../account/operator-store.ts';
import type { Store, Stores } from '../../store.ts';
import { AdminError } from './admin-error.ts';

/** Without letters that are easily taken for others. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GENERATED_LENGTH = 20;

/** A password that was set. `password` is there only when it was generated: nobody else knows it. */
export interface PasswordSet {
  username: string;
  password?: string;
}

/** What an operator does with accounts. All throw `AdminError`. */
export interface UserCommands {
  list(): Promise<AccountLine[]>;
  /** @param given null: one is generated. */
  create(wish: { username: string; displayName: string; given: string | null }): Promise<PasswordSet>;
  /** Signs the person out everywhere, since their old password may be known to somebody else. */
  resetPassword(username: string, given: string | null): Promise<PasswordSet>;
  disable(username: string): Promise<void>;
  enable(username: string): Promise<void>;
  delete(username: string): Promise<void>;
}

const generate = (): string =>
  Array.from({ length: GENERATED_LENGTH }, () => LETTERS[randomInt(LETTERS.length)] ?? '').join('');

const choose = (given: string | null): { password: string; told: { password?: string } } => {
  if (given === null) {
    const password = generate();
    return { password, told: { password } };
  }
  if (!passwordSchema.safeParse(given).success) {
    throw new AdminError(
      `a password has ${String(LIMITS.passwordMin)} to ${String(LIMITS.passwordMax)} characters`,
    );
  }
  return { password: given, told: {} };
};

const namesOf = (wish: {
  username: string;
  displayName: string;
}): Pick<Account, 'username' | 'displayName'> => {
  const username = usernameSchema.safeParse(wish.username);
  const displayName = displayNameSchema.safeParse(wish.displayName);
  if (!username.success)
    throw new AdminError('a username has 3 to 32 of a-z, 0-9, dot, hyphen and underscore');
  if (!displayName.success) {
    const problem = refusalOf(displayName.error);
    throw new AdminError(
      problem.code === 'bad-character'
        ? `a display name may not hold ${problem.character}`
        : 'a display name has 1 to 64 characters, and something to see',
    );
  }
  return { username: username.data, displayName: displayName.data };
};

export const createUserCommands = ({
  store,
  passwords,
  clock,
}: {
  store: Store;
  passwords: Pick<Passwords, 'hash'>;
  clock: Pick<Clock, 'now'>;
}): UserCommands => {
  const find = async (typed: string): Promise<StoredAccount> => {
    const { data: username } = usernameSchema.safeParse(typed);
    const account = username === undefined ? null : await store.accounts.byUsername(username);
    if (!account) throw new AdminError(`there is no account ${typed}`);
    return account;
  };

  const signOutEverywhere = async (stores: Stores, { userId }: Account): Promise<void> => {
    for (const sessionId of await stores.sessions.removeOf(userId)) {
      await stores.operator.recordChange({ kind: 'session-revoked', userId, sessionId }, clock.now());
    }
  };

  return {
    list: () => store.operator.accounts(),
    async create({ given, ...wish }) {
      const names = namesOf(wish);
      const { password, told } = choose(given);
      const account: StoredAccount = {
        ...names,
        userId: randomUUID(),
        passwordHash: await passwords.hash(password),
        chosenStatus: 'available',
        createdAt: clock.now(),
      };
      await store.atomically(async (stores) => {
        if (!(await stores.accounts.create(account))) {
          throw new AdminError(`the username ${names.username} is taken`);
        }
        const { userId } = account;
        await stores.operator.recordChange({ kind: 'account-created', userId }, clock.now());
      });
      return { username: names.username, ...told };
    },
    async resetPassword(typed, given) {
      const account = await find(typed);
      const { password, told } = choose(given);
      const hash = await passwords.hash(password);
      await store.atomically(async (stores) => {
        await stores.operator.setPassword(account.userId, hash);
        await stores.knownDevices.forget(account.userId);
        await signOutEverywhere(stores, account);
      });
      return { username: account.username, ...told };
    },
    async disable(typed) {
      const account = await find(typed);
      await store.atomically(async (stores) => {
        await stores.operator.setDisabled(account.userId, true);
        await signOutEverywhere(stores, account);
      });
    },
    async enable(typed) {
      await store.operator.setDisabled((await find(typed)).userId, false);
    },
    async delete(typed) {
      const { userId } = await find(typed);
      await store.atomically(async (stores) => {
        await deleteAccount(stores, userId, clock.now());
        await stores.operator.recordChange({ kind: 'account-deleted', userId }, clock.now());
      });
    },
  };
};
