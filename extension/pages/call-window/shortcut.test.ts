import { expect, it } from 'vitest';
import { shortcutOf } from './shortcut.ts';

const key = (key: string, more: Partial<Parameters<typeof shortcutOf>[0]> = {}) => ({
  key,
  code: `Key${key.toUpperCase()}`,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  ...more,
});

it('mutes, turns the camera off and hangs up', () => {
  expect(shortcutOf(key('m'))).toBe('microphone');
  expect(shortcutOf(key('v'))).toBe('camera');
  expect(shortcutOf(key('H', { shiftKey: true }))).toBe('hang-up');
});

it('never hangs up on a single key', () => {
  expect(shortcutOf(key('h'))).toBeNull();
});

it('works with caps lock and with an input method on', () => {
  expect(shortcutOf(key('M'))).toBe('microphone');
  expect(shortcutOf(key('Process', { code: 'KeyV' }))).toBe('camera');
});

// Where M, V and H are on a US keyboard, by layout.
it.each([
  ['Russian', 'ь', 'м', 'Р'],
  ['Greek', 'μ', 'ω', 'Η'],
  ['Hebrew', 'צ', 'ה', 'י'],
  ['Arabic', 'ة', 'ر', 'أ'],
  ['Thai', 'ท', 'อ', '็'],
])('counts a %s key by its place', (_layout, m, v, h) => {
  expect(shortcutOf(key(m, { code: 'KeyM' }))).toBe('microphone');
  expect(shortcutOf(key(v, { code: 'KeyV' }))).toBe('camera');
  expect(shortcutOf(key(h, { code: 'KeyH', shiftKey: true }))).toBe('hang-up');
});

it('counts a key with a Latin letter by its letter, wherever that is', () => {
  // On Dvorak, M is where it is on a US keyboard, V is on the key right of it but one, and K is on V.
  expect(shortcutOf(key('v', { code: 'Period' }))).toBe('camera');
  expect(shortcutOf(key('k', { code: 'KeyV' }))).toBeNull();
  // On AZERTY, M is right of L, and the comma is on M.
  expect(shortcutOf(key('m', { code: 'Semicolon' }))).toBe('microphone');
  expect(shortcutOf(key(',', { code: 'KeyM' }))).toBeNull();
  expect(shortcutOf(key('ñ', { code: 'KeyM' }))).toBeNull();
});

it('leaves the browser’s own combinations and held keys alone', () => {
  expect(shortcutOf(key('v', { ctrlKey: true }))).toBeNull();
  expect(shortcutOf(key('m', { metaKey: true }))).toBeNull();
  expect(shortcutOf(key('m', { repeat: true }))).toBeNull();
});
