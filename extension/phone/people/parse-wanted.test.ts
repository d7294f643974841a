import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseWanted } from './parse-wanted.ts';

const SERVER = 'https://call.example.org';
const CODE = 'ABCD-EFGH-JKMN-PQRS-TVWX';

it.each([
  [' Grace ', { kind: 'username', username: 'grace' }],
  [CODE.toLowerCase(), { kind: 'code', code: CODE, elsewhere: false }],
  [`${SERVER}/invite/${CODE}`, { kind: 'code', code: CODE, elsewhere: false }],
  [`${SERVER}/invite/${CODE}?from=mail`, { kind: 'code', code: CODE, elsewhere: false }],
  [`call.example.org/invite/${CODE}`, { kind: 'code', code: CODE, elsewhere: false }],
  [`http://call.example.org/invite/${CODE}`, { kind: 'code', code: CODE, elsewhere: false }],
  [`https://evil.example/invite/${CODE}`, { kind: 'code', code: CODE, elsewhere: true }],
  ['https://evil.example/invite/ABCD', { kind: 'other-server' }],
  [`Join me: <${SERVER}/invite/${CODE}>.`, { kind: 'code', code: CODE, elsewhere: false }],
  [CODE.replaceAll('-', ''), { kind: 'code', code: CODE, elsewhere: false }],
  [`${SERVER}/invite/ABCD`, { kind: 'nothing' }],
  ['https://', { kind: 'nothing' }],
  ['Grace Hopper', { kind: 'nothing' }],
  ['\u2068grace\u2069\u200b', { kind: 'username', username: 'grace' }],
  [`\u200e${CODE}\ufeff`, { kind: 'code', code: CODE, elsewhere: false }],
  ['gr\u0430ce', { kind: 'bad-character', character: 'U+0430' }],
  ['gr\u202eace', { kind: 'bad-character', character: 'U+202E' }],
  ['', { kind: 'nothing' }],
  // The code for an account, which has the form of a username.
  ['K7QM-2XPD-9FHT-4WCB', { kind: 'account-code' }],
  ['k7qm2xpd9fht4wcb', { kind: 'account-code' }],
  [`${SERVER}/?invite=K7QM-2XPD-9FHT-4WCB`, { kind: 'account-code' }],
  ['K7QM-2XPD-9FHT-4W', { kind: 'broken-code' }],
  // A person with a username of that form is found all the same, with an @.
  ['@christopherlewis', { kind: 'username', username: 'christopherlewis' }],
  ['@grace', { kind: 'username', username: 'grace' }],
])('reads %s', (typed, wanted) => {
  expect(parseWanted(typed, SERVER)).toEqual(wanted);
});

it('takes nothing for a username that is a code in any spelling', () => {
  const group = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdefghijklmnopqrstvwxyz')),
    minLength: 4,
    maxLength: 4,
  });
  const spelled = fc
    .tuple(fc.array(group, { minLength: 4, maxLength: 5 }), fc.constantFrom('-', ''))
    .map(([groups, separator]) => groups.join(separator));
  fc.assert(fc.property(spelled, (text) => parseWanted(text, SERVER).kind !== 'username'));
});
