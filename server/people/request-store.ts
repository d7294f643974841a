import type { Pending } from '../../protocol/people/contacts.ts';
import type { UserId } from '../../protocol/ids.ts';

/**
 * Requests to become contacts. A request is for a username, not for an
 * account, so that nothing about it depends on whether the name exists.
 */
export interface RequestStore {
  /**
   * One that is there already stays as it is, declined or not; one that was declined and then withdrawn is declined
   * again. `at` is epoch milliseconds.
   */
  ask(from: UserId, username: string, at: number): Promise<void>;
  /** Takes it back; that it was declined is remembered, of so many for each username. May be repeated. */
  withdraw(from: UserId, username: string, at: number): Promise<void>;
  /** It was answered: nothing of it is remembered. May be repeated. */
  settle(from: UserId, username: string): Promise<void>;
  /** Hides it from whom it is for; who asked does not notice. May be repeated. */
  decline(from: UserId, username: string): Promise<void>;
  /** Whether there is one, declined or not. */
  has(from: UserId, username: string): Promise<boolean>;
  /** Those a person is shown, newest first: not declined, and not from people they have blocked. */
  to(person: { userId: UserId; username: string }, limit: number): Promise<Pending['incoming']>;
  /** Those a person has made, newest first. */
  by(from: UserId): Promise<Pending['outgoing']>;
  /** Forgets that those were declined which were withdrawn before `time` (epoch milliseconds); answers how many. */
  forgetWithdrawnBefore(time: number): Promise<number>;
  /** Everything about a person. */
  forget(person: { userId: UserId; username: string }): Promise<void>;
}
