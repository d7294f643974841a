import type { Page } from '@playwright/test';
import type { PhoneWindow } from './phone-window.ts';

// Left on the phone's window by the probe below.
declare global {
  interface Window {
    openedTracks?: MediaStreamTrack[];
    /** When each track ended, whatever ended it; epoch milliseconds. */
    tracksEndedAt?: number[];
    playedElements?: Set<HTMLMediaElement>;
  }
}

/** From here on, remembers every track that the phone opens or clones, and every element that it plays. */
export const watchMedia = (phone: PhoneWindow): Promise<void> =>
  phone.evaluate(() => {
    const opened: MediaStreamTrack[] = [];
    window.openedTracks = opened;
    const endedAt: number[] = [];
    window.tracksEndedAt = endedAt;
    const noteEnd = (): void => {
      endedAt.push(Date.now());
    };
    const note = (track: MediaStreamTrack): void => {
      opened.push(track);
      // The browser ended the track.
      track.addEventListener('ended', noteEnd);
    };
    const { stop } = MediaStreamTrack.prototype;
    MediaStreamTrack.prototype.stop = function (this: MediaStreamTrack) {
      const ends = this.readyState === 'live' && opened.includes(this);
      stop.call(this);
      this.removeEventListener('ended', noteEnd);
      if (ends) noteEnd();
    };
    const devices = navigator.mediaDevices;
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      for (const track of stream.getTracks()) note(track);
      return stream;
    };
    const { clone } = MediaStreamTrack.prototype;
    MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack) {
      const copy = clone.call(this);
      if (opened.includes(this)) note(copy);
      return copy;
    };
    const played = new Set<HTMLMediaElement>();
    window.playedElements = played;
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      played.add(this);
      return play.call(this);
    };
  });

/** Kinds of the captured tracks that are live right now: a microphone is `audio`, a camera is `video`. */
export const liveCapture = (phone: PhoneWindow): Promise<string[]> =>
  phone.evaluate(() =>
    (window.openedTracks ?? [])
      .filter((track) => track.readyState === 'live')
      .map((track) => track.kind)
      .sort(),
  );

/** When every captured track had ended, in epoch milliseconds by the phone's own clock; null: one is live, or none was opened. */
export const captureEndedAt = (phone: PhoneWindow): Promise<number | null> =>
  phone.evaluate(() => {
    const opened = window.openedTracks ?? [];
    if (opened.some(({ readyState }) => readyState === 'live')) return null;
    return Math.max(...(window.tracksEndedAt ?? [])) || null;
  });

/** Lets go of the tracks and elements that have been seen so far, so that the probe itself holds nothing. */
export const forgetMedia = (phone: PhoneWindow): Promise<void> =>
  phone.evaluate(() => {
    window.openedTracks?.splice(0);
    window.tracksEndedAt?.splice(0);
    window.playedElements?.clear();
  });

/** How many tracks were opened since {@link watchMedia}: shows that the probe saw something at all. */
export const openedCapture = (phone: PhoneWindow): Promise<number> =>
  phone.evaluate(() => window.openedTracks?.length ?? 0);

/**
 * The loudest sample (0–1) that the phone plays of a call within `ms`; -1 while it plays none at all. The fake
 * microphone beeps about once a second, so that a second and a half always holds one.
 */
export const remoteLevel = (phone: PhoneWindow, ms = 1500): Promise<number> =>
  phone.evaluate(async (duration) => {
    const heard = [...(window.playedElements ?? [])].filter((it) => !it.paused && !it.muted && it.volume > 0);
    const tracks = heard.flatMap((it) =>
      it.srcObject instanceof MediaStream ? it.srcObject.getAudioTracks() : [],
    );
    if (tracks.length === 0) return -1;
    const context = new AudioContext();
    try {
      const analyser = context.createAnalyser();
      analyser.fftSize = 2048;
      context.createMediaStreamSource(new MediaStream(tracks)).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      let loudest = 0;
      const end = performance.now() + duration;
      while (performance.now() < end) {
        analyser.getFloatTimeDomainData(samples);
        for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return loudest;
    } finally {
      await context.close();
    }
  }, ms);

/** What a video shows over half a second: whether its pixels change, and how bright the brightest is (0–255). */
export const pictureOf = (
  page: Page,
  label: string,
): Promise<{ changing: boolean; brightest: number; width: number }> =>
  page.getByLabel(label, { exact: true }).evaluate(async (element) => {
    const nothing = { changing: false, brightest: 0, width: 0 };
    if (!(element instanceof HTMLVideoElement) || element.videoWidth === 0) return nothing;
    const canvas = new OffscreenCanvas(64, 48);
    const drawing = canvas.getContext('2d', { willReadFrequently: true });
    if (!drawing) return nothing;
    const seen = new Set<number>();
    let brightest = 0;
    for (let i = 0; i < 10; i++) {
      drawing.drawImage(element, 0, 0, 64, 48);
      const { data } = drawing.getImageData(0, 0, 64, 48);
      let sum = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
        brightest = Math.max(brightest, red, green, blue);
        sum = (sum * 31 + red * 3 + green * 5 + blue * 7) % 1_000_003;
      }
      seen.add(sum);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { changing: seen.size > 1, brightest, width: element.videoWidth };
  });
