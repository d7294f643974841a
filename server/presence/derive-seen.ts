import type { PresenceChange } from '../../protocol/presence/presence.ts';
import { deriveStatus, type StatusFacts } from './derive-status.ts';

/** What others see of a person, but for its version. */
export type Seen = Omit<PresenceChange, 'userId' | 'v'>;

/** What is known of one person's presence. */
export interface PresenceFacts extends StatusFacts {
  text: string | null;
  /** When the person left last, in epoch milliseconds; null: nobody may know. */
  lastSeen: number | null;
}

/** The text goes with who is there, the last time with who is not: neither tells hidden people from absent ones. */
export const deriveSeen = (facts: PresenceFacts): Seen => {
  const status = deriveStatus(facts);
  const { text, lastSeen } = facts;
  if (status === 'offline') return { status, ...(lastSeen !== null && { lastSeen }) };
  return { status, ...(text !== null && { text }) };
};
