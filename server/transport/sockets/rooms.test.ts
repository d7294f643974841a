import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import * as rooms from './rooms.ts';

it('gives no room a name of 20 characters, which the adapter takes for a socket’s own', () => {
  for (const room of Object.values(rooms)) expect(room(randomUUID())).not.toHaveLength(20);
});
