import { expect, it } from 'vitest';
import { createRoomNames } from './room-names.ts';
import { watchRoom } from './rooms.ts';

it('names the rooms of contacts, also of more than are kept', () => {
  const nameOf = createRoomNames(2);
  for (const userId of ['a', 'b', 'c', 'a', 'c']) expect(nameOf(userId)).toBe(watchRoom(userId));
});
