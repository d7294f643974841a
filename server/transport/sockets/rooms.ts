import type { InstanceId, SessionId, UserId } from '../../../protocol/ids.ts';

// Rooms that events go to. None has a name of 20 characters: Socket.IO's Redis
// adapter takes such a name for a single socket's and tells every node of it.

const WATCH = 'watch:';
const MISS = 'miss:';

/** One phone: its current connection. */
export const phoneRoom = (instanceId: InstanceId): string => `phone:${instanceId}`;
/** One sign-in. */
export const sessionRoom = (sessionId: SessionId): string => `session:${sessionId}`;
/** All phones of one person. */
export const userRoom = (userId: UserId): string => `user:${userId}`;
/** All phones of those who may see one person. */
export const watchRoom = (userId: UserId): string => `${WATCH}${userId}`;
/** All phones of those who have one person in their list and may not see them. */
export const missRoom = (userId: UserId): string => `${MISS}${userId}`;
/** Whether a phone is in it because of somebody in its person's list. */
export const isListRoom = (room: string): boolean => room.startsWith(WATCH) || room.startsWith(MISS);
