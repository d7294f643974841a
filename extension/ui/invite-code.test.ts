import { expect, it } from 'vitest';
import { inviteCodeOf } from './invite-code.ts';

it.each([
  ['K7QM-2XPD-9FHT-4WCB', 'K7QM-2XPD-9FHT-4WCB'],
  ['  k7qm 2xpd 9fht 4wcb ', 'k7qm 2xpd 9fht 4wcb'],
  ['https://calls.example.org/?invite=K7QM-2XPD-9FHT-4WCB', 'K7QM-2XPD-9FHT-4WCB'],
  [' http://localhost:3000/?invite=K7QM-2XPD-9FHT-4WCB\n', 'K7QM-2XPD-9FHT-4WCB'],
  ['https://calls.example.org/', 'https://calls.example.org/'],
  ['', ''],
])('takes %j for %j', (typed, code) => {
  expect(inviteCodeOf(typed)).toBe(code);
});
