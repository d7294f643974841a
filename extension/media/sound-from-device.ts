import { LevelMeter } from './level-meter.ts';

/** Milliseconds; long enough to say a word. */
const LISTEN_FOR = 4_000;

/** Whether anything at all is heard from a microphone: one that is switched off at the device gives perfect silence. */
export const soundFromDevice = (track: MediaStreamTrack): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      finish(false);
    }, LISTEN_FOR);
    const meter = new LevelMeter(track, (level) => {
      if (level > 0) finish(true);
    });
    const finish = (heard: boolean): void => {
      clearTimeout(timer);
      meter.close();
      resolve(heard);
    };
  });
