import { expect, it } from 'vitest';
import { inviteCodeOf } from './invite-code.ts';

it.each([
  ['K7QM-2XPD-9FHT-4WCB', 'K7QM-2XPD-9FHT-4WCB'],
  ['  k7qm 2xpd 9fht 4wcb ', 'K7QM-2XPD-9FHT-4WCB'],
  ['https://calls.example.org/?invite=K7QM-2XPD-9FHT-4WCB', 'K7QM-2XPD-9FHT-4WCB'],
  [' http://localhost:3000/?invite=K7QM-2XPD-9FHT-4WCB\n', 'K7QM-2XPD-9FHT-4WCB'],
  ['https://calls.example.org/', 'https://calls.example.org/'],
  ['\u200bK7QM-2XPD\u00ad-9FHT-4WCB\u200e', 'K7QM-2XPD-9FHT-4WCB'],
  ['\u2068https://calls.example.org/?invite=K7QM-2XPD-9FHT-4WCB\u2069', 'K7QM-2XPD-9FHT-4WCB'],
  ['', ''],
  ['Join us: <calls.example.org/?invite=k7qm2xpd9fht4wcb>.', 'K7QM-2XPD-9FHT-4WCB'],
])('reads %j as %j', (typed, code) => {
  expect(inviteCodeOf(typed)).toBe(code);
});
