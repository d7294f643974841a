import type { Status } from '../../../protocol/presence.ts';
import type { ListedContact } from '../../../protocol/session.ts';

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
