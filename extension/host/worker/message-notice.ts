import type { MessagePosition } from '../../../protocol/chat/message.ts';

const PREFIX = 'messages:';

/**
 * The id of the notification that tells of somebody's messages up to a time. A later message has another id: the
 * browser pops up only what is new to it, and the worker forgets what it has shown.
 */
export const messageNoticeId = ({ userId, at }: MessagePosition): string =>
  `${PREFIX}${String(at)}:${userId}`;

/** Of which messages a notification tells; null for one of another kind. */
export const messageNoticeOf = (id: string): MessagePosition | null => {
  if (!id.startsWith(PREFIX)) return null;
  const [at, userId = ''] = id.slice(PREFIX.length).split(':');
  return { userId, at: Number(at) };
};
