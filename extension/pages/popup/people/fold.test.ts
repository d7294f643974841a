import { expect, it } from 'vitest';
import { fold } from './fold.ts';

it.each([
  ['Zoë MÜLLER', 'zoe muller'],
  ['Łukasz Ørsted', 'lukasz orsted'],
  ['Weiß', 'weiss'],
  ['İpek Işık', 'ipek isik'],
  ['王小明', '王小明'],
  ['Ｆｕｌｌ', 'full'],
])('%s is found as %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});
