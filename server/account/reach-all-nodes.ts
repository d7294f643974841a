import type { UserId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { Live } from '../live.ts';
import type { OperatorChange, OperatorStore } from './operator-store.ts';
import type { Identity } from './accounts.ts';

interface Endings {
  /** A session is no longer valid; its live connections must end. */
  onSignedOut(identity: Identity): Promise<void>;
  /** An account is gone; its calls and live connections must end. */
  onDeleted(userId: UserId): Promise<void>;
}

/**
 * Makes sure that the end of a session reaches the node that its phone is connected to. While live state is
 * away, events go nowhere: then a row in the store tells every node, as after an operator's command.
 */
export const reachAllNodes = (
  endings: Endings,
  deps: {
    live: Pick<Live, 'isUp'>;
    operator: Pick<OperatorStore, 'recordChange'>;
    clock: Pick<Clock, 'now'>;
  },
): Endings => {
  const recordChange = async (change: OperatorChange): Promise<void> => {
    if (!deps.live.isUp()) await deps.operator.recordChange(change, deps.clock.now());
  };
  return {
    async onSignedOut(identity) {
      await recordChange({ kind: 'session-revoked', ...identity });
      await endings.onSignedOut(identity);
    },
    async onDeleted(userId) {
      await recordChange({ kind: 'account-deleted', userId });
      await endings.onDeleted(userId);
    },
  };
};
