import type { Settings } from '../ipc/snapshot.ts';
import { Sound } from './sound.ts';
import { TONES, type Tone } from './tones.ts';

/** Volume and silence, as the person set them. */
export type RingerSettings = Pick<Settings, 'ringtoneVolume' | 'ringtoneSilent'>;

const ringtoneVolume = ({ ringtoneVolume, ringtoneSilent }: RingerSettings): number =>
  ringtoneSilent ? 0 : ringtoneVolume;

/** Ids of the devices that sound, `''` for the system's default. */
export interface RingerDevices {
  ringer: string;
  speaker: string;
}

/**
 * The phone's own sounds, all synthesised. While nothing sounds, no audio
 * device is held open. Silence concerns only the ringtone: what a caller hears
 * is the answer to a click. What calls the person sounds over the ringer's device, all else where calls are heard.
 */
export class Ringer {
  #devices: RingerDevices = { ringer: '', speaker: '' };
  #loop: Sound | null = null;
  readonly #short = new Set<Sound>();

  /** Rings until `stop`. Called again while it rings, it only takes over volume and silence. */
  ring(settings: RingerSettings): void {
    this.#repeat(TONES.ringtone, ringtoneVolume(settings));
  }

  /** What the caller hears while it rings there, until `stop`. */
  ringBack(settings: RingerSettings): void {
    this.#repeat(TONES.ringBack, settings.ringtoneVolume);
  }

  /** Plays one short sound to its end, beside a ringing one too. `ringtone`: one cycle, as it would ring. */
  sound(kind: 'ended' | 'busy' | 'interrupted' | 'message' | 'ringtone', settings: RingerSettings): void {
    const tone = TONES[kind];
    // The same sound on top of itself would only be louder.
    for (const other of [...this.#short]) if (other.tone === tone) other.end();
    const volume = kind === 'ringtone' ? ringtoneVolume(settings) : settings.ringtoneVolume;
    if (volume === 0) return;
    const sound: Sound = new Sound(tone, {
      volume,
      repeat: false,
      deviceId: this.#deviceFor(tone),
      onEnd: () => this.#short.delete(sound),
    });
    this.#short.add(sound);
  }

  /** Sounds there from now on, also what sounds already. */
  useDevices(devices: RingerDevices): void {
    this.#devices = devices;
    this.#loop?.useDevice(this.#deviceFor(this.#loop.tone));
    for (const sound of this.#short) sound.useDevice(this.#deviceFor(sound.tone));
  }

  /** Ends what `ring` and `ringBack` began; a short sound goes on to its end. */
  stop(): void {
    this.#loop?.end();
    this.#loop = null;
  }

  #repeat(tone: Tone, volume: number): void {
    if (volume > 0 && this.#loop?.tone === tone) {
      this.#loop.setVolume(volume);
      return;
    }
    this.stop();
    if (volume > 0) this.#loop = new Sound(tone, { volume, repeat: true, deviceId: this.#deviceFor(tone) });
  }

  #deviceFor(tone: Tone): string {
    const calls = tone === TONES.ringtone || tone === TONES.message;
    return this.#devices[calls ? 'ringer' : 'speaker'];
  }
}
