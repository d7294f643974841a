import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { historyCursorSchema } from '../../protocol/history/history.ts';
import { fromCursor, toCursor } from './cursor.ts';

describe('a cursor', () => {
  it('comes back as the place it was made of, and fits the contract', () => {
    const place = { placedAt: 1_800_000_000_123, callId: randomUUID() };
    expect(fromCursor(historyCursorSchema.parse(toCursor(place)))).toEqual(place);
  });

  it.each(['x', '', '12', `.${randomUUID()}`, '1.x', `-1.${randomUUID()}`, `zzzzzzzzzzz.${randomUUID()}`])(
    'that is “%s” is refused',
    (cursor) => {
      expect(() => fromCursor(cursor)).toThrow('bad-request');
    },
  );
});
