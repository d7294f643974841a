import { expect, it } from 'vitest';
import { parseWanted } from './parse-wanted.ts';

const SERVER = 'https://call.example.org';
const CODE = 'ABCD-EFGH-JKMN-PQRS-TVWX';

it.each([
  [' Grace ', { kind: 'username', username: 'grace' }],
  [CODE.toLowerCase(), { kind: 'code', code: CODE }],
  [`${SERVER}/invite/${CODE}`, { kind: 'code', code: CODE }],
  [`${SERVER}/invite/${CODE}?from=mail`, { kind: 'code', code: CODE }],
  [`https://evil.example/invite/${CODE}`, { kind: 'other-server' }],
  [`http://call.example.org/invite/${CODE}`, { kind: 'other-server' }],
  [`${SERVER}/invite/ABCD`, { kind: 'nothing' }],
  ['https://', { kind: 'nothing' }],
  ['Grace Hopper', { kind: 'nothing' }],
  ['\u2068grace\u2069\u200b', { kind: 'username', username: 'grace' }],
  [`\u200e${CODE}\ufeff`, { kind: 'code', code: CODE }],
  ['gr\u0430ce', { kind: 'bad-character', character: 'U+0430' }],
  ['gr\u202eace', { kind: 'bad-character', character: 'U+202E' }],
  ['', { kind: 'nothing' }],
])('reads %s', (typed, wanted) => {
  expect(parseWanted(typed, SERVER)).toEqual(wanted);
});
