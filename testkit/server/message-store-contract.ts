import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../protocol/limits.ts';
import type { Mark } from '../../protocol/chat/message.ts';
import type { NewMessage } from '../../server/chat/message-store.ts';
import type { Store } from '../../server/store.ts';

const NOW = 1_800_000_000_000;
const LIMIT = 30;

/** What every implementation of the message store does; run it against each. */
export const describeMessageStore = (name: string, open: () => Promise<Store>): void => {
  describe(`${name}: messages`, () => {
    let store: Store;
    let [ada, bob, eve] = ['', '', ''];
    beforeEach(async () => {
      store = await open();
      [ada, bob, eve] = [randomUUID(), randomUUID(), randomUUID()];
      for (const [userId, username] of [
        [ada, 'ada'],
        [bob, 'bob'],
        [eve, 'eve'],
      ] as const) {
        await store.accounts.create({
          userId,
          username,
          displayName: username,
          passwordHash: '$argon2id$…',
          chosenStatus: 'available',
          createdAt: NOW,
        });
      }
    });
    afterEach(() => store.close());

    const message = (from: string, to: string, text: string, rest: Partial<NewMessage> = {}): NewMessage => ({
      id: randomUUID(),
      from,
      to,
      text,
      withheld: false,
      now: NOW,
      ...rest,
    });
    const add = (...values: Parameters<typeof message>) => store.messages.add(message(...values));
    const texts = async (me: string, other: string): Promise<string[]> =>
      (await store.messages.page(me, other, { limit: LIMIT })).items.map(({ text }) => text);
    const marks = async (me: string, other: string): Promise<Mark[]> =>
      (await store.messages.page(me, other, { limit: LIMIT })).items.map(({ mark }) => mark);
    const search = async (me: string, query: string): Promise<string[]> =>
      (await store.messages.search(me, query, LIMIT)).items.map(({ message: { text } }) => text);

    it('orders the messages of two people, also of one millisecond and when the clock goes back', async () => {
      const all = await Promise.all([add(ada, bob, '1'), add(bob, ada, '2'), add(ada, bob, '3')]);
      all.push(await add(bob, ada, '4', { now: NOW - 5000 }));
      expect(all.map(({ at }) => at)).toEqual([NOW, NOW + 1, NOW + 2, NOW + 3]);
      expect(await texts(ada, bob)).toEqual(['1', '2', '3', '4']);
      expect(await texts(bob, ada)).toEqual(['1', '2', '3', '4']);
      expect(await texts(eve, bob)).toEqual([]);
      expect((await add(ada, eve, '5')).at).toBe(NOW);
    });

    it('keeps a message once, whatever its repetition says', async () => {
      const first = message(ada, bob, 'once');
      expect(await store.messages.add(first)).toEqual({ at: NOW, added: true });
      const again = { ...first, text: 'twice', to: eve, now: NOW + 9 };
      expect(await store.messages.add(again)).toEqual({ at: NOW, added: false });
      expect(await texts(ada, bob)).toEqual(['once']);
      expect(await texts(ada, eve)).toEqual([]);
      // The same id from another sender is another message.
      expect(await store.messages.add({ ...first, from: bob, to: ada })).toMatchObject({ added: true });
    });

    it('gives pages, from the newest back', async () => {
      for (let i = 1; i <= 5; i += 1) await add(i % 2 === 0 ? ada : bob, i % 2 === 0 ? bob : ada, String(i));
      const last = await store.messages.page(ada, bob, { limit: 2 });
      expect(last).toMatchObject({ items: [{ text: '4' }, { text: '5' }], more: true });
      const before = last.items[0]?.at ?? 0;
      const middle = await store.messages.page(ada, bob, { limit: 2, before });
      expect(middle).toMatchObject({ items: [{ text: '2' }, { text: '3' }], more: true });
      const first = await store.messages.page(ada, bob, { limit: 2, before: middle.items[0]?.at ?? 0 });
      expect(first).toMatchObject({ items: [{ text: '1' }], more: false });
    });

    it('counts what is unread, by sender, the newest first, and up to a bound', async () => {
      await add(bob, ada, 'b1');
      await add(eve, ada, 'e1', { now: NOW + 5 });
      const { at } = await add(bob, ada, 'b2', { now: NOW + 9 });
      await add(ada, bob, 'own');
      expect(await store.messages.unread(ada)).toEqual([
        { userId: bob, count: 2, at },
        { userId: eve, count: 1, at: NOW + 5 },
      ]);
      await store.messages.advance({ reader: ada, sender: bob }, { at: NOW, mark: 'read' });
      expect(await store.messages.unread(ada)).toMatchObject([
        { userId: bob, count: 1 },
        { userId: eve, count: 1 },
      ]);
      for (let i = 0; i <= LIMITS.unreadCount; i += 1) await add(eve, bob, 'many');
      expect(await store.messages.unread(bob)).toMatchObject([
        { userId: eve, count: LIMITS.unreadCount },
        { userId: ada, count: 1 },
      ]);
    });

    it('shows the sender only marks that were told, and none beyond the newest message', async () => {
      const reading = { reader: bob, sender: ada };
      const first = await add(ada, bob, '1');
      await add(ada, bob, '2');
      await store.messages.advance(reading, { at: first.at, mark: 'delivered' });
      expect(await marks(ada, bob)).toEqual(['sent', 'sent']);
      expect(await store.messages.untold(bob)).toEqual([reading]);
      expect(await store.messages.untold(ada)).toEqual([reading]);
      expect(await store.messages.untold(eve)).toEqual([]);
      expect((await store.messages.tell(reading)).delivered).toHaveLength(1);
      expect(await marks(ada, bob)).toEqual(['delivered', 'sent']);
      expect(await store.messages.advance(reading, { at: NOW + 1e9, mark: 'read' })).toBe(true);
      expect(await store.messages.tell(reading)).toMatchObject({ delivered: [], read: { length: 2 } });
      expect(await store.messages.untold(ada)).toEqual([]);
      // No message from the future is marked as read.
      await add(ada, bob, '3');
      expect(await marks(ada, bob)).toEqual(['read', 'read', 'sent']);
      expect(await store.messages.advance(reading, { at: first.at, mark: 'read' })).toBe(false);
    });

    it('never takes a mark back, whatever the phones report and in whatever order', async () => {
      const RANK = { sent: 0, delivered: 1, read: 2 };
      const step = fc.oneof(
        fc.record({ kind: fc.constant('write'), withheld: fc.boolean() }),
        fc.record({
          kind: fc.constant('advance'),
          ahead: fc.integer({ min: -3, max: 30 }),
          mark: fc.constantFrom('delivered' as const, 'read' as const),
        }),
        fc.record({ kind: fc.constant('tell') }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          await store.messages.forget(ada);
          const reading = { reader: bob, sender: ada };
          const withheld: string[] = [];
          let before = new Map<string, number>();
          for (const each of steps) {
            if ('withheld' in each) {
              const written = message(ada, bob, 'x', { withheld: each.withheld });
              if (each.withheld) withheld.push(written.id);
              await store.messages.add(written);
            } else if ('ahead' in each) {
              await store.messages.advance(reading, {
                at: NOW + each.ahead,
                mark: each.mark,
              });
            } else {
              await store.messages.tell(reading);
            }
            const { items } = await store.messages.page(ada, bob, { limit: 50 });
            const after = new Map(items.map(({ id, mark }) => [id, RANK[mark]]));
            for (const [id, rank] of before) expect(after.get(id)).toBeGreaterThanOrEqual(rank);
            for (const id of withheld) expect(after.get(id)).toBe(0);
            before = after;
          }
        }),
        { numRuns: 40 },
      );
    });

    it('shows a withheld message to its sender alone', async () => {
      await add(ada, bob, 'may be seen');
      await add(ada, bob, 'secret words', { withheld: true });
      const reading = { reader: bob, sender: ada };
      await store.messages.advance(reading, { at: NOW + 10, mark: 'read' });
      await store.messages.tell(reading);
      expect(await texts(ada, bob)).toEqual(['may be seen', 'secret words']);
      expect(await marks(ada, bob)).toEqual(['read', 'sent']);
      expect(await texts(bob, ada)).toEqual(['may be seen']);
      expect(await search(ada, 'secret')).toEqual(['secret words']);
      expect(await search(bob, 'secret')).toEqual([]);
      await add(ada, eve, 'x', { withheld: true });
      expect(await store.messages.unread(eve)).toEqual([]);
    });

    describe('search', () => {
      beforeEach(async () => {
        await add(ada, bob, 'Lunch at the Café tomorrow?');
        await add(bob, ada, '明天下午开会吗', { now: NOW + 1 });
        await add(ada, bob, 'Party 🎉🎉 "quoted" OR not', { now: NOW + 2 });
        await add(bob, eve, 'Lunch without Ada', { now: NOW + 3 });
      });

      it.each([
        ['words, whatever their case and accents', 'CAFE lunch', ['Lunch at the Café tomorrow?']],
        ['the start of a word', 'tom', ['Lunch at the Café tomorrow?']],
        ['two Chinese characters within a sentence', '下午', ['明天下午开会吗']],
        ['one Chinese character', '会', ['明天下午开会吗']],
        ['Chinese characters in this order only', '午下', []],
        ['an emoji', '🎉', ['Party 🎉🎉 "quoted" OR not']],
        ['several, the newest first', 't', ['Lunch at the Café tomorrow?']],
        ['nothing, when nothing is asked', '  ', []],
        ['nothing, when only signs are asked', '"*" ()', []],
      ])('finds %s', async (_what, query, found) => {
        expect(await search(ada, query)).toEqual(found);
      });

      it("never finds other people's messages", async () => {
        expect(await search(ada, 'lunch')).toEqual(['Lunch at the Café tomorrow?']);
        expect(await search(bob, 'lunch')).toEqual(['Lunch without Ada', 'Lunch at the Café tomorrow?']);
        expect(await search(eve, 'party')).toEqual([]);
        const { items } = await store.messages.search(bob, 'lunch', LIMIT);
        expect(items.map(({ userId }) => userId)).toEqual([eve, ada]);
      });

      it.each([
        '"',
        '" OR people : "',
        'a" NOT "b',
        'words:x',
        'NEAR(a b)',
        '*',
        "'; drop table messages; --",
        '^z',
        '-z',
        'z AND',
        '{words}',
        '\u0000"',
      ])('treats nothing as syntax: %j', async (query) => {
        await expect(search(eve, query)).resolves.toEqual([]);
      });

      it('accepts any query', async () => {
        await fc.assert(
          fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (query) => {
            for (const text of await search(eve, query)) expect(text).toBe('Lunch without Ada');
          }),
        );
      });

      it('says when there is more', async () => {
        for (let i = 0; i < 3; i += 1) await add(ada, bob, `again ${String(i)}`);
        const { items, more } = await store.messages.search(ada, 'again', 2);
        expect([items.map(({ message: { text } }) => text), more]).toEqual([['again 2', 'again 1'], true]);
      });
    });

    it('removes old messages for good, and their words from the search index', async () => {
      await add(ada, bob, 'an old one');
      await add(ada, bob, 'a new one', { now: NOW + 10 });
      expect(await store.messages.removeBefore(NOW + 10)).toBe(1);
      expect(await texts(ada, bob)).toEqual(['a new one']);
      expect(await search(ada, 'old')).toEqual([]);
      expect(await search(ada, 'new')).toEqual(['a new one']);
    });

    it('removes everything of a person, and nothing of others', async () => {
      await add(ada, bob, 'to bob');
      await add(eve, ada, 'to ada');
      await add(bob, eve, 'stays');
      await store.messages.advance({ reader: bob, sender: ada }, { at: NOW, mark: 'read' });
      await store.messages.forget(ada);
      expect(await texts(bob, ada)).toEqual([]);
      expect(await texts(bob, eve)).toEqual(['stays']);
      expect(await search(bob, 'bob')).toEqual([]);
      expect(await store.messages.unread(ada)).toEqual([]);
      expect(await store.messages.untold(bob)).toEqual([]);
    });
  });
};
