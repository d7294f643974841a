import { describe, expect, it } from 'vitest';
import { SilentMicrophone } from './silent-microphone.ts';

/** Hears the energy grow at this rate a second, every two seconds, and tells when it is silent. */
const listen = (microphone: SilentMicrophone, from: number, to: number, rate: (at: number) => number) => {
  const silent: number[] = [];
  let energy = 0.5;
  for (let at = from; at <= to; at += 2_000) {
    if (microphone.hear(energy, at)) silent.push(at);
    energy += rate(at) * 2;
  }
  return silent;
};

describe('a silent microphone', () => {
  it('gives nothing for six seconds', () => {
    expect(listen(new SilentMicrophone(), 0, 8_000, () => 0)).toEqual([6_000, 8_000]);
  });

  it('may give the noise that the browser itself puts in', () => {
    expect(listen(new SilentMicrophone(), 0, 6_000, () => 1e-7)).toEqual([6_000]);
  });

  it('is not one into which somebody speaks now and then', () => {
    expect(listen(new SilentMicrophone(), 0, 60_000, (at) => (at % 4_000 === 0 ? 1e-3 : 0))).toEqual([]);
  });

  it('is no longer silent with the first word', () => {
    const silent = listen(new SilentMicrophone(), 0, 16_000, (at) => (at === 8_000 ? 1e-3 : 0));
    expect(silent).toEqual([6_000, 8_000, 16_000]);
  });

  it('counts anew on another connection', () => {
    const microphone = new SilentMicrophone();
    listen(microphone, 0, 4_000, () => 0);
    expect(microphone.hear(0, 6_000)).toBe(false);
    expect(microphone.hear(0, 12_000)).toBe(true);
  });
});
