import type { UserId } from '../../../protocol/ids.ts';
import { watchRoom } from './rooms.ts';

/** How many names are kept, about 20 MB; when there are more, it begins anew. */
const MOST = 100_000;

/**
 * Names of the rooms that contacts are watched in, each kept once: otherwise every phone would hold a name of its own
 * for each of its contacts, 3 KB for 50.
 * @param most another bound in tests only.
 */
export const createRoomNames = (most = MOST): ((userId: UserId) => string) => {
  const names = new Map<UserId, string>();
  return (userId) => {
    const known = names.get(userId);
    if (known !== undefined) return known;
    if (names.size >= most) names.clear();
    const name = watchRoom(userId);
    names.set(userId, name);
    return name;
  };
};
