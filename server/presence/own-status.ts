import type { Ack } from '../../protocol/events.ts';
import type { OwnStatus } from '../../protocol/session.ts';
import type { Caller } from '../calls/call-record.ts';
import type { CallEmitter } from '../calls/ports.ts';
import type { AccountStore } from '../store/account-store.ts';
import type { Presence } from './presence.ts';

/** Handles `presence:set`: kept, shown to others, told to the person's other phones. */
export const createOwnStatus =
  (deps: {
    accounts: Pick<AccountStore, 'choose'>;
    presence: Pick<Presence, 'choose'>;
    announcer: Pick<CallEmitter, 'toPerson'>;
  }) =>
  async ({ userId, instanceId }: Caller, { status }: OwnStatus): Promise<Ack<object>> => {
    await deps.accounts.choose(userId, status);
    deps.presence.choose(userId, status);
    deps.announcer.toPerson(userId, 'presence:own', { status }, [instanceId]);
    return { ok: true };
  };
