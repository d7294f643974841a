import type { Contact, Status } from '../../../protocol/presence.ts';

/** A contact for tests. */
export const contact = (displayName: string, status: Status = 'available'): Contact => ({
  userId: `user-${displayName}`,
  username: displayName.toLowerCase(),
  displayName,
  status,
  v: 1,
});
