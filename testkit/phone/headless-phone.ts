import { randomUUID } from 'node:crypto';
import { CaptureError } from '../../extension/media/capture-error.ts';
import { deviceLists } from '../../extension/media/device-lists.ts';
import { createPhone, type PhoneApp, type PhoneDeps } from '../../extension/phone/create-phone.ts';

/** The data that a phone keeps on its machine, for a restart. */
export type Kept = Map<string, unknown>;

/** A complete phone without a browser and without media. */
export interface HeadlessPhone extends PhoneApp, Disposable {
  /** The requests to the worker, by name, in order. */
  readonly askedOfWorker: readonly string[];
  /** The sounds played, in order. */
  readonly sounded: readonly string[];
}

const silent = {
  playback: { play: () => undefined, stop: () => undefined, useDevice: () => undefined },
  streams: {
    show: () => undefined,
    loopbackOffer: () => Promise.reject(new Error('there are no pictures here')),
    loopbackAnswer: () => Promise.reject(new Error('there are no pictures here')),
  },
};

/**
 * Starts the extension's own phone in this process.
 * @param kept the data that it finds and leaves on its machine.
 * @param parts replacements for its parts, such as a real `createConnection`.
 */
export const startHeadlessPhone = (kept: Kept = new Map(), parts: Partial<PhoneDeps> = {}): HeadlessPhone => {
  const askedOfWorker: string[] = [];
  const sounded: string[] = [];
  const ended = new AbortController();
  const phone = createPhone({
    instanceId: randomUUID(),
    version: '0.0.0',
    userAgent: 'Headless/1',
    deviceName: 'Headless',
    database: {
      get: (key) => Promise.resolve(kept.get(key)),
      set: (key, value) => Promise.resolve(void kept.set(key, structuredClone(value))),
      delete: (key) => Promise.resolve(void kept.delete(key)),
    },
    askBackground: (name) => {
      askedOfWorker.push(name);
      return Promise.reject(new Error('there is no worker here'));
    },
    publishDetails: () => undefined,
    createConnection: () => {
      throw new Error('there is no media here');
    },
    openCapture: () => Promise.reject(new CaptureError('not-found')),
    hearing: { meter: () => ({ close: () => undefined }), hearsAnything: () => Promise.resolve(null) },
    framesOf: () => null,
    ...silent,
    ringer: {
      ring: () => void sounded.push('ring'),
      ringBack: () => void sounded.push('ring-back'),
      sound: (sound) => void sounded.push(sound),
      stop: () => void sounded.push('stop'),
      useDevices: () => undefined,
    },
    watchDevices: (listener) => {
      listener(deviceLists([]));
      return () => Promise.resolve();
    },
    watchPermissions: () => Promise.resolve(),
    onNetworkChange: () => undefined,
    onWake: () => undefined,
    ...parts,
  });
  phone.start(ended.signal);
  return {
    ...phone,
    askedOfWorker,
    sounded,
    [Symbol.dispose]() {
      ended.abort();
    },
  };
};
