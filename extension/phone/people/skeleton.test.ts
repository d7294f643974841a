import { expect, it } from 'vitest';
import { skeletonOf } from './skeleton.ts';

it.each([
  ['Ada', 'Аdа'],
  ['Ian', 'lan'],
  ['Paul', 'PauI'],
  ['Ada Lovelace', 'ada  lovelace'],
  ['Ada Lovelace', 'Ada\u3000Lovelace'],
  ['Omer', '0mer'],
  ['Emma', 'Ernrna'],
  ['Zoë', 'Zoe\u0308'],
  ['Ada', '𝐀𝐝𝐚'],
  ['👩‍💻 Ada', '👩💻Ada'],
])('%s looks like %s', (one, other) => {
  expect(skeletonOf(one)).toBe(skeletonOf(other));
});

it.each([
  ['Ada', 'Eda'],
  ['Zoë', 'Zoe'],
  ['李雷', '李蕾'],
  ['Ada L', 'Ada K'],
])('%s does not look like %s', (one, other) => {
  expect(skeletonOf(one)).not.toBe(skeletonOf(other));
});
