import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeviceLists } from '../ipc/snapshot.ts';
import { openLab, type Lab } from '../../testkit/rtc/open-lab.ts';
import type { openCapture } from './open-capture.ts';
import type { Playback } from './playback.ts';
import type { Ringer } from './ringer.ts';
import type { watchDevices } from './watch-devices.ts';

declare global {
  var deviceLab: {
    openCapture: typeof openCapture;
    Playback: typeof Playback;
    Ringer: typeof Ringer;
    watchDevices: typeof watchDevices;
  };
  /** The devices as they are told now. */
  var lists: () => Promise<DeviceLists>;
}

let lab: Lab;

const module = (name: string): URL => new URL(`./${name}.ts`, import.meta.url);

beforeAll(async () => {
  lab = await openLab(
    {
      capture: module('open-capture'),
      playback: module('playback'),
      ringer: module('ringer'),
      watch: module('watch-devices'),
    },
    ['--use-fake-device-for-media-stream=device-count=2'],
  );
  await lab.page.context().grantPermissions(['microphone', 'camera']);
  await lab.page.evaluate(() => {
    const all: object = {};
    for (const name of ['capture', 'playback', 'ringer', 'watch']) {
      Object.assign(all, Reflect.get(globalThis, name));
    }
    Object.assign(globalThis, { deviceLab: all });
    globalThis.lists = () =>
      new Promise((resolve) => {
        const end = new AbortController();
        void deviceLab.watchDevices((told) => {
          end.abort();
          resolve(told);
        }, end.signal);
      });
  });
});

afterAll(() => lab.close());

describe('devices of a real browser', () => {
  it('are told by what they are for, when one comes or goes, and until nobody wants to know', async () => {
    const seen = await lab.page.evaluate(async () => {
      const end = new AbortController();
      const told: string[][] = [];
      const look = deviceLab.watchDevices(({ microphone, camera, speaker }) => {
        told.push([microphone, camera, speaker].map(({ devices }) => String(devices.length)));
      }, end.signal);
      const came = async (count: number): Promise<void> => {
        while (told.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
      };
      await came(1);
      // An injection: there is no plug to be pulled here.
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      await came(2);
      await look();
      end.abort();
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      await look();
      return { told, names: await lists() };
    });
    expect(seen.told).toEqual([
      ['2', '2', '2'],
      ['2', '2', '2'],
      ['2', '2', '2'],
    ]);
    expect(seen.names.camera.systemDefault?.label).toBe('fake_device_0');
    expect(seen.names.microphone.systemDefault?.label).toBe('Fake Default Audio Input');
  });

  it('are opened as chosen, and by default when the chosen one is gone', async () => {
    const labels = await lab.page.evaluate(async () => {
      const { microphone, camera } = await lists();
      const open = async (source: 'microphone' | 'camera', id: string | null): Promise<string> => {
        const track = await deviceLab.openCapture(source, undefined, id);
        track.stop();
        return track.label;
      };
      return [
        await open('microphone', microphone.devices[1]?.deviceId ?? ''),
        await open('camera', camera.devices[1]?.deviceId ?? ''),
        await open('camera', null),
        await open('camera', 'gone'),
        await open('microphone', 'gone'),
      ];
    });
    expect(labels).toEqual([
      'Fake Audio Input 2',
      'fake_device_1',
      'fake_device_0',
      'fake_device_0',
      'Fake Default Audio Input',
    ]);
  });

  it('sound: the ringer rings over its own, all else over the speaker, and both change while they sound', async () => {
    const seen = await lab.page.evaluate(async () => {
      const contexts: AudioContext[] = [];
      const Original = AudioContext;
      globalThis.AudioContext = class extends Original {
        constructor(options?: AudioContextOptions) {
          super(options);
          contexts.push(this);
        }
      };
      const { speaker } = await lists();
      const [one = '', other = ''] = speaker.devices.map(({ deviceId }) => deviceId);
      const name = (id: unknown): string => (id === one ? 'one' : id === other ? 'other' : 'default');
      const states = (): string[] => contexts.map((context) => `${name(context.sinkId)} ${context.state}`);
      /** What sounds, once it is as awaited, or after five seconds; what was closed meanwhile does not count. */
      const sinks = async (awaited: string): Promise<string[]> => {
        const sounding = (): string[] => states().filter((state) => !state.endsWith('closed'));
        for (let i = 0; i < 500 && sounding().join() !== awaited; i++) {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return sounding();
      };
      const settings = { ringtoneVolume: 0.5, ringtoneSilent: false };
      const ringer = new deviceLab.Ringer();
      ringer.useDevices({ ringer: one, speaker: other });
      ringer.ring(settings);
      const ringing = await sinks('one running');
      ringer.useDevices({ ringer: other, speaker: other });
      const moved = await sinks('other running');
      ringer.useDevices({ ringer: '', speaker: other });
      const back = await sinks('default running');
      ringer.stop();
      ringer.ringBack(settings);
      const ringBack = await sinks('other running');
      ringer.stop();
      ringer.useDevices({ ringer: 'gone', speaker: '' });
      ringer.ring(settings);
      const gone = await sinks('default running');
      ringer.stop();
      globalThis.AudioContext = Original;
      return { ringing, moved, back, ringBack, gone };
    });
    expect(seen).toEqual({
      ringing: ['one running'],
      moved: ['other running'],
      back: ['default running'],
      ringBack: ['other running'],
      gone: ['default running'],
    });
  });

  it('sound: a call is heard over the chosen one, or over the default when that is gone', async () => {
    const seen = await lab.page.evaluate(async () => {
      const elements: HTMLAudioElement[] = [];
      const Original = Audio;
      globalThis.Audio = class extends Original {
        constructor() {
          super();
          elements.push(this);
        }
      };
      const { speaker } = await lists();
      const chosen = speaker.devices[1]?.deviceId ?? '';
      const playback = new deviceLab.Playback();
      globalThis.Audio = Original;
      const sink = async (awaited: string): Promise<string> => {
        const heardOver = (): string =>
          elements[0]?.sinkId === chosen ? 'chosen' : (elements[0]?.sinkId ?? 'none');
        for (let i = 0; i < 500 && heardOver() !== awaited; i++) {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return heardOver();
      };
      playback.useDevice(chosen);
      const first = await sink('chosen');
      playback.useDevice('gone');
      const second = await sink('');
      return [first, second];
    });
    expect(seen).toEqual(['chosen', '']);
  });
});
