import type { UserId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/presence.ts';

/** Who knows whom: who sees a person's name and presence, and may ring them. */
export interface Directory {
  person(userId: UserId): Promise<Person | null>;
  /** Whom a person's list shows. */
  contactsOf(userId: UserId): Promise<Person[]>;
  /** Whose lists show the person. */
  watchersOf(userId: UserId): Promise<UserId[]>;
  /** What `to` is to `from`. `blocked`: `to` does not want to hear from `from`, who must not notice. */
  relation(from: UserId, to: UserId): Promise<'contact' | 'blocked' | 'none'>;
}
