import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARKS, type Mark, type Message } from '../../../protocol/chat/message.ts';
import { withMarks, withMessages } from './conversation.ts';

const message = (at: number, mark: Mark = 'sent'): Message => ({
  id: `id-${String(at)}`,
  from: 'ada',
  at,
  text: String(at),
  mark,
});

describe('withMessages', () => {
  it('has each message once, in the order of the server', () => {
    expect(withMessages([message(1), message(3)], [message(2), message(3)]).map(({ at }) => at)).toEqual([
      1, 2, 3,
    ]);
  });
});

describe('marks', () => {
  it('never go back, in whatever order they and the pages arrive', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1 });
    const mark = fc.constantFrom(...MARKS);
    const told = fc.constantFrom('delivered' as const, 'read' as const);
    const step = fc.oneof(
      fc.record({ page: fc.array(fc.record({ at: fc.integer({ min: 1, max: 6 }), mark })) }),
      fc.record({ ids, mark: told }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let messages: Message[] = [];
        for (const each of steps) {
          const before = messages;
          messages =
            'page' in each
              ? withMessages(
                  before,
                  each.page.map(({ at, mark: reached }) => message(at, reached)),
                )
              : withMarks(before, { ids: each.ids.map((at) => `id-${String(at)}`), mark: each.mark });
          for (const { at, mark: was } of before) {
            const now = messages.find((it) => it.at === at)?.mark ?? 'sent';
            expect(MARKS.indexOf(now)).toBeGreaterThanOrEqual(MARKS.indexOf(was));
          }
        }
      }),
    );
  });
});
