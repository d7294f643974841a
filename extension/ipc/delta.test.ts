import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deltaOf, withDelta, type Fields } from './delta.ts';

/** The value as it arrives at a page. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

interface Entry {
  id: string;
  note?: string | undefined;
  words: string[];
}
const entries: fc.Arbitrary<Entry> = fc.record({
  id: fc.uuid(),
  note: fc.option(fc.string(), { nil: undefined }),
  words: fc.array(fc.constantFrom('a', 'b', 'c')),
});

/** A change of a list that keeps the objects of unchanged entries. */
const changes = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(20), entry: entries }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('replace' as const), at: fc.nat(20), entry: entries }),
  fc.record({
    kind: fc.constant('note' as const),
    at: fc.nat(20),
    note: fc.option(fc.string(), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('word' as const), at: fc.nat(20), word: fc.string() }),
  fc.record({ kind: fc.constant('move' as const), at: fc.nat(20), to: fc.nat(20) }),
);
type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never;

const changed = (list: readonly Entry[], change: Change): Entry[] => {
  const at = Math.min(change.at, list.length);
  const was = list[at];
  if (change.kind === 'insert') return list.toSpliced(at, 0, change.entry);
  if (!was) return [...list];
  switch (change.kind) {
    case 'remove':
      return list.toSpliced(at, 1);
    case 'replace':
      return list.with(at, change.entry);
    case 'note':
      return list.with(at, { ...was, note: change.note });
    case 'word':
      return list.with(at, { ...was, words: [...was.words, change.word] });
    case 'move':
      return list.toSpliced(at, 1).toSpliced(change.to, 0, was);
  }
};

it('turns the earlier value into the current one, whatever changed', () => {
  fc.assert(
    fc.property(fc.array(entries), fc.array(changes, { maxLength: 6 }), fc.nat(), (list, steps, count) => {
      const before: Fields = { list, count: 0 };
      const now: Fields = { list: steps.reduce(changed, list), count };
      const delta = deltaOf(before, now);
      expect(delta && withDelta(sent(before), sent(delta))).toEqual(sent(now));
    }),
    { numRuns: 1_000 },
  );
});

it('keeps the objects of entries that did not change', () => {
  const list = ['ann', 'bob', 'cat'].map((id) => ({ id, words: [id] }));
  const before = { list, other: { a: 1 } };
  const bob = { id: 'bob', words: ['bob', 'too'] };
  const delta = deltaOf(before, { ...before, list: list.with(1, bob) });
  const now = withDelta(before, delta ?? {});
  expect(now).toEqual({ ...before, list: list.with(1, bob) });
  const [first, , last] = now['list'] as unknown[];
  expect(first).toBe(list[0]);
  expect(last).toBe(list[2]);
  expect(now['other']).toBe(before.other);
});

it('is small for an added, removed or changed entry', () => {
  const list = ['ann', 'bob', 'cat'].map((id) => ({ id, status: 'available' }));
  const of = (next: readonly object[]) => deltaOf({ list }, { list: next })?.['list'];
  expect(of(list.with(2, { id: 'cat', status: 'away' }))).toEqual({
    removed: [],
    put: [],
    changed: [[2, { status: 'away' }]],
  });
  expect(of(list.toSpliced(0, 1))).toEqual({ removed: [0], put: [], changed: [] });
  const dan = { id: 'dan', status: 'away' };
  expect(of([...list, dan])).toEqual({ removed: [], put: [[3, dan]], changed: [] });
});

it('sends a list whole if its order changed, or hardly anything of it is left', () => {
  const list = ['ann', 'bob', 'cat'].map((id) => ({ id }));
  const turned = list.toReversed();
  expect(deltaOf({ list }, { list: turned })).toEqual({ list: turned });
  expect(deltaOf({ list: [] }, { list })).toEqual({ list });
});
