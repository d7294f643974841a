import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Attention } from './attention.svelte.ts';

const page = { visibilityState: 'visible', focused: true, hasFocus: () => page.focused };

beforeEach(() => {
  Object.assign(page, { visibilityState: 'visible', focused: true });
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('somebody looks at a page', () => {
  it('that is visible and has the focus, on a machine in use', () => {
    expect(new Attention(() => false).is).toBe(true);
  });

  it('but not at one behind another window', () => {
    page.focused = false;
    expect(new Attention(() => false).is).toBe(false);
  });

  it('nor at a hidden one', () => {
    page.visibilityState = 'hidden';
    expect(new Attention(() => false).is).toBe(false);
  });

  it('nor at anything while the machine is idle or its screen is locked', () => {
    let idle = true;
    const attention = new Attention(() => idle);
    expect(attention.is).toBe(false);
    idle = false;
    expect(attention.is).toBe(true);
  });
});
