import type { PresenceChange } from '../../protocol/presence/presence.ts';
import { deriveStatus, type StatusFacts } from './derive-status.ts';

/** What others see of a person, without its version. */
export type Seen = Omit<PresenceChange, 'userId' | 'v'>;

/** What is known of one person's presence. */
export interface PresenceFacts extends StatusFacts {
  text: string | null;
  /** When the person left last, in epoch milliseconds; null: not known, or nobody may know. */
  lastSeen: number | null;
}

/**
 * Others see the text only of people who are there, and the last time only of people who are not, so that neither
 * distinguishes a hidden person from an absent one.
 */
export const deriveSeen = (facts: PresenceFacts): Seen => {
  const status = deriveStatus(facts);
  const { text, lastSeen } = facts;
  if (status === 'offline') return { status, ...(lastSeen !== null && { lastSeen }) };
  return { status, ...(text !== null && { text }) };
};
