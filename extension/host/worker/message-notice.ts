import type { UserId } from '../../../protocol/ids.ts';

const PREFIX = 'messages:';

/** The id of the notification that tells of somebody's messages. */
export const messageNoticeId = (userId: UserId): string => PREFIX + userId;

/** Of whose messages a notification tells; null for one of another kind. */
export const messageNoticeOf = (id: string): UserId | null =>
  id.startsWith(PREFIX) ? id.slice(PREFIX.length) : null;
