import { describe, expect, it } from 'vitest';
import { MutedSpeech } from './muted-speech.ts';

const STEP = 50;
const SPEECH = 0.7;
const ROOM = 0.2;

/** Hears levels one after the other; tells at which milliseconds it is said first, and how often it begins. */
const setUp = () => {
  const speech = new MutedSpeech();
  let at = 0;
  const begins: number[] = [];
  let saying = false;
  const hear = (ms: number, level: (at: number) => number): boolean => {
    for (const end = at + ms; at < end; at += STEP) {
      const now = speech.hear(level(at), at);
      if (now && !saying) begins.push(at);
      saying = now;
    }
    return saying;
  };
  return { speech, begins, hear };
};

const talk = (): number => SPEECH;
const quiet = (): number => ROOM;

describe('speaking while muted', () => {
  it('is noticed within a second of speech', () => {
    const { hear, begins } = setUp();
    hear(2_000, quiet);
    hear(1_000, talk);
    expect(begins).toHaveLength(1);
    expect((begins[0] ?? 0) - 2_000).toBeLessThanOrEqual(1_000);
  });

  it('is noticed across the pauses between words', () => {
    const { hear, begins } = setUp();
    hear(3_000, (at) => (at % 400 < 250 ? SPEECH : ROOM));
    expect(begins).toHaveLength(1);
  });

  it('is no cough, no click and no beep', () => {
    const { hear, begins } = setUp();
    hear(400, talk);
    hear(2_000, quiet);
    hear(30_000, (at) => (at % 500 < 100 ? SPEECH : ROOM));
    expect(begins).toEqual([]);
  });

  it('is said for a while and then not again for some time', () => {
    const { hear, begins } = setUp();
    expect(hear(5_000, talk)).toBe(true);
    expect(hear(5_000, talk)).toBe(false);
    hear(30_000, talk);
    expect(begins).toHaveLength(1);
    hear(20_000, talk);
    expect(begins).toHaveLength(2);
  });

  it('does not count what was not heard', () => {
    const { speech } = setUp();
    speech.hear(SPEECH, 0);
    expect(speech.hear(SPEECH, 60_000)).toBe(false);
    speech.pause();
    expect(speech.hear(SPEECH, 120_000)).toBe(false);
  });
});
