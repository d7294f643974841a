import type { Logger } from 'pino';
import type { Account } from '../../protocol/account/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import { repeat } from '../repeat.ts';
import type { AccountStore } from './account-store.ts';
import type { OperatorChange, OperatorStore } from './operator-store.ts';
import type { Identity } from './accounts.ts';
import { toAccount } from './to-account.ts';

/** Milliseconds. A revoked device is to be gone within a second; asking costs 20 µs. */
const EVERY = 300;

interface FollowDeps {
  operator: Pick<OperatorStore, 'lastChange' | 'changesAfter'>;
  accounts: Pick<AccountStore, 'byId'>;
  onCreated: (account: Account) => Promise<void>;
  onSignedOut: (identity: Identity) => Promise<void>;
  onDeleted: (userId: UserId) => Promise<void>;
  clock: Clock;
  log: Logger;
}

/** Does for live connections what the operator's command, another process, has done in the store. */
export interface FollowOperator {
  /** Once, before listening: what was done earlier is in the store already. */
  start(): Promise<void>;
  stop(): void;
}

export const createFollowOperator = (deps: FollowDeps): FollowOperator => {
  const { operator, clock, log } = deps;
  let heard = 0;
  let stopped = false;
  let stopListening = (): void => undefined;
  /** Said once, and not each time, while the database is away. */
  let failing = false;

  const follow = async (change: OperatorChange): Promise<void> => {
    switch (change.kind) {
      case 'session-revoked':
        return deps.onSignedOut(change);
      case 'account-deleted':
        return deps.onDeleted(change.userId);
      case 'account-created': {
        const account = await deps.accounts.byId(change.userId);
        return account ? deps.onCreated(toAccount(account)) : undefined;
      }
    }
  };
  const listen = async (): Promise<void> => {
    for (const { number, change } of await operator.changesAfter(heard)) {
      heard = number;
      await follow(change);
    }
  };
  const tryToListen = async (): Promise<void> => {
    try {
      await listen();
      failing = false;
    } catch (error) {
      if (!failing) log.error({ err: error }, 'what the operator did could not be followed');
      failing = true;
    }
  };
  return {
    async start() {
      heard = await operator.lastChange();
      if (!stopped) stopListening = repeat(clock, tryToListen, { every: EVERY });
    },
    stop() {
      stopped = true;
      stopListening();
    },
  };
};
