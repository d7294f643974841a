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
  ['', { kind: 'nothing' }],
])('reads %s', (typed, wanted) => {
  expect(parseWanted(typed, SERVER)).toEqual(wanted);
});
