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

it('leaves the browser’s own combinations and held keys alone', () => {
  expect(shortcutOf(key('v', { ctrlKey: true }))).toBeNull();
  expect(shortcutOf(key('m', { metaKey: true }))).toBeNull();
  expect(shortcutOf(key('m', { repeat: true }))).toBeNull();
});
