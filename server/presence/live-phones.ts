import type { Sender } from '../sender.ts';
import type { InstanceId, SessionId, UserId } from '../../protocol/ids.ts';

/** What became of a phone that connects. */
export type Joined =
  /**
   * `superseded`: earlier phones of the same session, whose connections must end for good. `replaced`: this
   * phone's own earlier connection, which may be dead without notice.
   */
  | { kind: 'joined'; superseded: InstanceId[]; replaced: string | null }
  /** A newer phone of the same session has taken its place, or its instance id is somebody else's: it must stay down. */
  | { kind: 'superseded' };

/** Which phones are connected. */
export interface LivePhones {
  /** A phone that connects again takes its own earlier connection's place. */
  join(phone: Sender, connectionId: string): Promise<Joined>;
  /** Whether a newer connection of the phone has taken this one's place. */
  isReplaced(phone: Sender, connectionId: string): Promise<boolean>;
  /** Removes the phone, and returns whether it is gone; false: a newer connection of it is there. */
  leave(phone: Sender, connectionId: string): Promise<boolean>;
  /** Whether this very phone is connected, by any connection. */
  has(phone: Sender): Promise<boolean>;
  isOnline(userId: UserId): Promise<boolean>;
  /** The sessions of a person whose phones are connected. */
  sessionsOf(userId: UserId): Promise<ReadonlySet<SessionId>>;
}
