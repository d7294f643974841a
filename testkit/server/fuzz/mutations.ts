import fc from 'fast-check';

/** One change to a value, at the place in it that `where` chooses. */
interface Mutation {
  kind: 'replace' | 'delete' | 'add' | 'wrap' | 'repeat' | 'lengthen' | 'twist';
  where: number;
  key: string;
  value: unknown;
}

/** Names that are special in JavaScript. */
const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  'callId',
  'ok',
];
/** Values at the edges of what schemas allow. */
const VALUES = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    Number.MAX_SAFE_INTEGER,
    1e308,
    '',
    ' ',
    '\0',
    '\uD800',
    '\u202Eabc',
    '💩'.repeat(40),
  ],
  ...[
    '../../etc/passwd',
    "' OR 1=1 --",
    '%00',
    '{{7*7}}',
    '${7*7}',
    '<script>',
    'x'.repeat(5000),
    [],
    {},
    [[[]]],
  ],
];

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('replace', 'delete', 'add', 'wrap', 'repeat', 'lengthen', 'twist'),
  where: fc.nat(),
  key: fc.oneof(fc.constantFrom(...KEYS), fc.string()),
  value: fc.oneof(fc.constantFrom<unknown>(...VALUES), fc.jsonValue({ maxDepth: 3 })),
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How many places a value has: one for itself, and those of all values in it. */
const placesIn = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + placesIn(item), 1);
  if (isObject(value)) return Object.values(value).reduce((sum: number, item) => sum + placesIn(item), 1);
  return 1;
};

const twist = (value: unknown): unknown => {
  switch (typeof value) {
    case 'string':
      return Number.isNaN(Number(value)) ? value.toUpperCase() : Number(value);
    case 'number':
      return String(value);
    case 'boolean':
      return value ? 1 : 0;
    default:
      return JSON.stringify(value);
  }
};

/** Defines an own property of any name; an assignment would set the prototype if the name is `__proto__`. */
const withKey = (value: Record<string, unknown>, key: string, added: unknown): unknown =>
  Object.defineProperty({ ...value }, key, {
    value: added,
    enumerable: true,
    configurable: true,
    writable: true,
  });

const changeHere = (value: unknown, { kind, key, value: other }: Mutation): unknown => {
  switch (kind) {
    case 'replace':
      return other;
    case 'delete':
      return undefined;
    case 'add':
      if (Array.isArray(value)) return [...(value as unknown[]), other];
      return isObject(value) ? withKey(value, key, other) : other;
    case 'wrap':
      return [value];
    case 'repeat':
      return Array.from({ length: 50 }, () => value);
    case 'lengthen':
      return typeof value === 'string' ? value.repeat(20) + key : other;
    case 'twist':
      return twist(value);
  }
};

const changeAt = (value: unknown, place: number, mutate: Mutation): unknown => {
  if (place === 0) return changeHere(value, mutate);
  let before = 1;
  const inside = (item: unknown): unknown => {
    const here = place - before;
    before += placesIn(item);
    return here >= 0 && place < before ? changeAt(item, here, mutate) : item;
  };
  if (Array.isArray(value)) return value.map(inside);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item)]));
  return value;
};

/** The same value with up to three changes; most often one, so that it gets far. */
export const mutated = (seed: unknown): fc.Arbitrary<unknown> =>
  fc
    .oneof(
      { weight: 1, arbitrary: fc.constant<Mutation[]>([]) },
      { weight: 6, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.array(mutation, { minLength: 2, maxLength: 3 }) },
    )
    .map((mutations) =>
      mutations.reduce<unknown>((value, each) => changeAt(value, each.where % placesIn(value), each), seed),
    );
