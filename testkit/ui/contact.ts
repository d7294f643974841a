import type { Status } from '../../protocol/presence/presence.ts';
import type { ListedContact } from '../../protocol/account/session.ts';

/** A contact for tests. */
export const contact = (displayName: string, status: Status = 'available'): ListedContact => ({
  userId: `user-${displayName}`,
  username: displayName.toLowerCase(),
  displayName,
  status,
  v: 1,
  favourite: false,
  ringsThrough: false,
});
