import type { ChosenStatus, Status } from '../../protocol/presence/presence.ts';

/** What a person's status follows from. */
export interface StatusFacts {
  chosen: ChosenStatus;
  /** One entry for each phone that is connected, or was a moment ago: true if nobody uses it. */
  idle: readonly boolean[];
  inCall: boolean;
}

/**
 * What others see. The order is that of the checks on an invite (hidden, offline, do not disturb, in a call), so
 * that the list never tells more than dialling would. One phone that is in use is enough for a person not to be
 * away.
 */
export const deriveStatus = ({ chosen, idle, inCall }: StatusFacts): Status => {
  if (chosen === 'appear-offline' || idle.length === 0) return 'offline';
  if (chosen === 'do-not-disturb') return 'do-not-disturb';
  if (inCall) return 'in-call';
  return idle.every(Boolean) ? 'away' : chosen;
};
