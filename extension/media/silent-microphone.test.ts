import { describe, expect, it } from 'vitest';
import { SilentMicrophone } from './silent-microphone.ts';

describe('a silent microphone', () => {
  it('gives nothing for eight seconds', () => {
    const microphone = new SilentMicrophone();
    expect([0, 2_000, 4_000, 6_000].map((at) => microphone.hear(0.5, at))).not.toContain(true);
    expect(microphone.hear(0.5, 8_000)).toBe(true);
    expect(microphone.hear(0.5, 10_000)).toBe(true);
  });

  it('is not one that hears a quiet room', () => {
    const microphone = new SilentMicrophone();
    for (let at = 0; at < 60_000; at += 2_000) expect(microphone.hear(at * 1e-12, at)).toBe(false);
  });

  it('is no longer silent with the first sound', () => {
    const microphone = new SilentMicrophone();
    microphone.hear(0, 0);
    expect(microphone.hear(0, 9_000)).toBe(true);
    expect(microphone.hear(1e-9, 11_000)).toBe(false);
    expect(microphone.hear(1e-9, 13_000)).toBe(false);
  });

  it('counts anew on another connection', () => {
    const microphone = new SilentMicrophone();
    microphone.hear(0.5, 0);
    expect(microphone.hear(0, 9_000)).toBe(false);
  });
});
