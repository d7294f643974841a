import { isLive, isTalking, type Phone } from './machine/phone.ts';
import { ringingHere } from './machine/ringing-here.ts';
import type { Ringer } from '../../media/ringer.ts';
import type { Settings } from '../../ipc/snapshot.ts';

export type LastingSound = 'ring' | 'ring-back' | null;
export type ShortSound = 'ended' | 'busy' | 'interrupted' | null;

/** What sounds as long as the phone is in this state. Nothing rings into somebody's call. */
export const lastingSound = (phone: Phone): LastingSound => {
  const { current } = phone;
  if (ringingHere(phone).length > 0 && !isTalking(phone)) return 'ring';
  return current?.kind === 'ringing-out' ? 'ring-back' : null;
};

/**
 * What sounds once: when the other side cannot be heard any more, and when a call of this phone ends; nothing for a
 * call that was not accepted here, or that the caller cancelled.
 */
export const shortSound = (now: Phone, before: Phone): ShortSound => {
  const { current } = now;
  if (current?.kind === 'reconnecting' && before.current?.kind === 'active') return 'interrupted';
  if (current?.kind !== 'ended' || !isLive(before.current) || before.current.callId !== current.callId)
    return null;
  if (current.reason === 'cancelled') return null;
  const dialled = before.current.kind === 'dialing' || before.current.kind === 'ringing-out';
  return dialled ? 'busy' : 'ended';
};

type SoundingRinger = Pick<Ringer, 'ring' | 'ringBack' | 'sound' | 'stop'>;

/** Makes the phone sound as its state asks for. */
export class CallSounds {
  readonly #ringer: SoundingRinger;

  constructor(ringer: SoundingRinger) {
    this.#ringer = ringer;
  }

  follow(now: Phone, before: Phone, settings: Settings): void {
    const sound = lastingSound(now);
    if (sound !== lastingSound(before)) this.#play(sound, settings);
    const short = shortSound(now, before);
    if (short) this.#ringer.sound(short, settings);
  }

  /** Volume or silence changed while something may sound. */
  adjust(phone: Phone, settings: Settings): void {
    if (lastingSound(phone) === 'ring') this.#ringer.ring(settings);
  }

  #play(sound: LastingSound, settings: Settings): void {
    this.#ringer.stop();
    if (sound === 'ring') this.#ringer.ring(settings);
    if (sound === 'ring-back') this.#ringer.ringBack(settings);
  }
}
