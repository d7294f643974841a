import type { Logger } from 'pino';
import type { Account } from '../../protocol/account/account.ts';
import type { NewDevice } from '../../protocol/devices/device.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import type { Live } from '../live.ts';
import type { Store } from '../store.ts';
import { createAccounts, type Accounts, type Identity } from './accounts.ts';
import { createFollowOperator, type FollowOperator } from './follow-operator.ts';
import { createOwnAccount, type OwnAccount } from './own-account.ts';
import type { Passwords } from './passwords.ts';
import { reachAllNodes } from './reach-all-nodes.ts';

interface AccountParts {
  config: Pick<Config, 'registration' | 'sessionLife'>;
  store: Store;
  live: Pick<Live, 'isUp'>;
  passwords: Passwords;
  createLimiter: CreateLimiter;
  /** What live connections hear of accounts and sessions. */
  news: {
    onCreated(account: Account): Promise<void>;
    onChanged(account: Account): Promise<void>;
    onSignedOut(identity: Identity): Promise<void>;
    onDeleted(userId: UserId): Promise<void>;
  };
  /** A person who had an account signed in on another device. */
  onSignedIn: (userId: UserId, device: NewDevice) => Promise<void>;
  clock: Clock;
  log: Logger;
}

/** Accounts, who is signed in, and what the operator's command does to both. */
export interface AccountFeature {
  readonly accounts: Accounts;
  readonly ownAccount: OwnAccount;
  readonly followOperator: FollowOperator;
}

/** Puts the feature together. */
export const composeAccount = (parts: AccountParts): AccountFeature => {
  const { config, store, news, clock, log } = parts;
  const endings = reachAllNodes(news, { live: parts.live, operator: store.operator, clock });
  const shared = {
    passwords: parts.passwords,
    createLimiter: parts.createLimiter,
    clock,
    ...news,
    ...endings,
  };
  return {
    accounts: createAccounts({ ...store, ...config, ...shared, onSignedIn: parts.onSignedIn }),
    ownAccount: createOwnAccount({ ...shared, store }),
    // Every node follows the operator's changes, so each reaches its own connections only.
    followOperator: createFollowOperator({ ...store, ...news, clock, log }),
  };
};
