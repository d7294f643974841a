import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { missRoom, phoneRoom, sessionRoom, userRoom, watchRoom } from './rooms.ts';

it('gives no room a name of 20 characters, which the adapter takes for a socket’s own', () => {
  for (const room of [missRoom, phoneRoom, sessionRoom, userRoom, watchRoom]) {
    expect(room(randomUUID())).not.toHaveLength(20);
  }
});
