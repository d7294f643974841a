import type { ChosenStatus, Status } from '../../protocol/presence.ts';

/** What is known of one person's presence. */
export interface PresenceFacts {
  chosen: ChosenStatus;
  /** At least one phone is connected, or was a moment ago. */
  online: boolean;
  inCall: boolean;
}

/**
 * What others see. In the order of the checks on an invite, so that the list
 * never tells more than dialling would: hidden, offline, do not disturb, in a call.
 */
export const deriveStatus = ({ chosen, online, inCall }: PresenceFacts): Status => {
  if (chosen === 'appear-offline' || !online) return 'offline';
  if (chosen === 'do-not-disturb') return 'do-not-disturb';
  return inCall ? 'in-call' : chosen;
};
