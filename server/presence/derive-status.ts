import type { ChosenStatus, Status } from '../../protocol/presence/presence.ts';

/** What a person's status follows from. */
export interface StatusFacts {
  chosen: ChosenStatus;
  /** One entry a device that is connected, or was a moment ago: whether nobody uses it. */
  idle: readonly boolean[];
  inCall: boolean;
}

/**
 * What others see. In the order of the checks on an invite, so that the list
 * never tells more than dialling would: hidden, offline, do not disturb, in a call.
 * Of several devices the one that is in use decides.
 */
export const deriveStatus = ({ chosen, idle, inCall }: StatusFacts): Status => {
  if (chosen === 'appear-offline' || idle.length === 0) return 'offline';
  if (chosen === 'do-not-disturb') return 'do-not-disturb';
  if (inCall) return 'in-call';
  return idle.every(Boolean) ? 'away' : chosen;
};
