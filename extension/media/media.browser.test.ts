import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type Lab } from '../../testkit/rtc/open-lab.ts';
import type { LevelMeter } from './level-meter.ts';
import type { openCapture } from './open-capture.ts';
import type { playTone } from './play-tone.ts';
import type { Playback } from './playback.ts';
import type { Ringer } from './ringer.ts';
import { TONES } from './tones.ts';
import type { watchPermissions } from './watch-permissions.ts';

declare global {
  var media: {
    LevelMeter: typeof LevelMeter;
    openCapture: typeof openCapture;
    playTone: typeof playTone;
    Playback: typeof Playback;
    Ringer: typeof Ringer;
    watchPermissions: typeof watchPermissions;
  };
}

let lab: Lab;

const module = (name: string): URL => new URL(`./${name}.ts`, import.meta.url);

beforeAll(async () => {
  lab = await openLab({
    levelMeter: module('level-meter'),
    capture: module('open-capture'),
    tone: module('play-tone'),
    playback: module('playback'),
    ringer: module('ringer'),
    permission: module('watch-permissions'),
  });
  await lab.page.evaluate(() => {
    const parts = ['levelMeter', 'capture', 'tone', 'playback', 'ringer', 'permission'];
    const all: object = {};
    for (const name of parts) Object.assign(all, Reflect.get(globalThis, name));
    Object.assign(globalThis, { media: all });
  });
});

afterAll(() => lab.close());

describe('permission and capture', () => {
  it('tells a permission that is not there yet from one that was denied, and hears it granted', async () => {
    const context = lab.page.context();
    // What is not granted in an override is denied.
    await context.grantPermissions([]);
    const denied = await lab.page.evaluate(async () => {
      Object.assign(globalThis, { told: [] as string[], end: new AbortController() });
      const told = Reflect.get(globalThis, 'told') as string[];
      const end = Reflect.get(globalThis, 'end') as AbortController;
      await media.watchPermissions(
        ({ microphone, camera }) => told.push(`${microphone} ${camera}`),
        end.signal,
      );
      return media.openCapture('microphone').then(
        () => 'opened',
        (error: unknown) => (error instanceof Error ? error.message : 'other'),
      );
    });
    await context.grantPermissions(['microphone', 'camera']);
    const granted = await lab.page.evaluate(async () => {
      const tracks = await Promise.all([media.openCapture('microphone'), media.openCapture('camera')]);
      const result = tracks.map((track) => `${track.kind} ${track.readyState}`);
      for (const track of tracks) track.stop();
      return result;
    });
    const told = await lab.page.evaluate(() => {
      (Reflect.get(globalThis, 'end') as AbortController).abort();
      return Reflect.get(globalThis, 'told') as string[];
    });
    expect(denied).toBe('permission-denied');
    expect(granted).toEqual(['audio live', 'video live']);
    expect(told[0]).toBe('denied denied');
    expect(told.at(-1)).toBe('granted granted');
  });

  it('shows a level when there is sound, and lets go when closed', async () => {
    const seen = await lab.page.evaluate(async () => {
      const context = new AudioContext();
      const gain = new GainNode(context, { gain: 0.5 });
      const destination = new MediaStreamAudioDestinationNode(context);
      const oscillator = new OscillatorNode(context);
      oscillator.connect(gain).connect(destination);
      oscillator.start();
      const [track] = destination.stream.getAudioTracks();
      if (!track) throw new Error('no track');
      const levels: number[] = [];
      const meter = new media.LevelMeter(track, (level) => levels.push(level));
      await new Promise((resolve) => setTimeout(resolve, 400));
      const loud = meter.level;
      gain.gain.value = 0;
      await new Promise((resolve) => setTimeout(resolve, 400));
      const quiet = meter.level;
      meter.close();
      meter.close();
      const count = levels.length;
      await new Promise((resolve) => setTimeout(resolve, 200));
      await context.close();
      return { loud, quiet, more: levels.length - count, track: track.readyState };
    });
    expect(seen.loud).toBeGreaterThan(0.5);
    expect(seen.quiet).toBe(0);
    expect(seen.more).toBe(0);
    expect(seen.track).toBe('live');
  });
});

describe('sounds', () => {
  it.each(Object.entries(TONES))(
    '%s is heard, is never clipped, and pauses before it repeats',
    async (_name, tone) => {
      const { peak, tail } = await lab.page.evaluate(async (heard) => {
        const rate = 8_000;
        const context = new OfflineAudioContext(1, heard.cycle * rate, rate);
        media.playTone(context, context.destination, heard, 0);
        const samples = (await context.startRendering()).getChannelData(0);
        const loudest = (part: Float32Array): number =>
          part.reduce((most, it) => Math.max(most, Math.abs(it)), 0);
        return { peak: loudest(samples), tail: loudest(samples.slice(-rate * 0.02)) };
      }, tone);
      expect(peak).toBeGreaterThan(0.05);
      expect(peak).toBeLessThan(1);
      expect(tail).toBeLessThan(0.002);
    },
  );

  it('rings with one audio context, honours volume and silence live, and closes it when it stops', async () => {
    const seen = await lab.page.evaluate(async () => {
      const contexts: AudioContext[] = [];
      const Original = AudioContext;
      globalThis.AudioContext = class extends Original {
        constructor() {
          super();
          contexts.push(this);
        }
      };
      const states = async (): Promise<string[]> => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        return contexts.map(({ state }) => state);
      };
      const ringer = new media.Ringer();
      const settings = { ringtoneVolume: 0.5, ringtoneSilent: false };
      ringer.ring(settings);
      ringer.ring({ ...settings, ringtoneVolume: 0.1 });
      const ringing = await states();
      ringer.ring({ ...settings, ringtoneSilent: true });
      const silent = await states();
      ringer.ring(settings);
      const again = await states();
      ringer.ringBack(settings);
      const ringBack = await states();
      ringer.stop();
      const stopped = await states();
      ringer.sound('ended', settings);
      ringer.stop();
      const sounding = await states();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const ended = await states();
      globalThis.AudioContext = Original;
      return { ringing, silent, again, ringBack, stopped, sounding, ended };
    });
    expect(seen).toEqual({
      ringing: ['running'],
      silent: ['closed'],
      again: ['closed', 'running'],
      ringBack: ['closed', 'closed', 'running'],
      stopped: ['closed', 'closed', 'closed'],
      sounding: ['closed', 'closed', 'closed', 'running'],
      ended: ['closed', 'closed', 'closed', 'closed'],
    });
  });

  it('plays sound of a stream whose picture never comes', async () => {
    const seen = await lab.page.evaluate(async () => {
      const elements: HTMLAudioElement[] = [];
      const Original = Audio;
      globalThis.Audio = class extends Original {
        constructor() {
          super();
          elements.push(this);
        }
      };
      const context = new AudioContext();
      const destination = new MediaStreamAudioDestinationNode(context);
      const oscillator = new OscillatorNode(context);
      oscillator.connect(destination);
      oscillator.start();
      const silentPicture = new RTCPeerConnection();
      const { receiver } = silentPicture.addTransceiver('video');
      const playback = new media.Playback();
      playback.play(new MediaStream([...destination.stream.getTracks(), receiver.track]));
      await new Promise((resolve) => setTimeout(resolve, 500));
      const [element] = elements;
      const playing = element && !element.paused && element.currentTime > 0;
      playback.stop();
      globalThis.Audio = Original;
      silentPicture.close();
      await context.close();
      return { playing, stopped: element?.paused, source: element?.srcObject };
    });
    expect(seen).toEqual({ playing: true, stopped: true, source: null });
  });
});
