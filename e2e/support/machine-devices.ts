import type { PhoneWindow } from './phone-window.ts';

/** A track that the phone has begun to send, and when (its clock's milliseconds). */
interface Sent {
  at: number;
  label: string;
}

// Left on the phone's window by the functions below.
declare global {
  interface Window {
    unplugged?: Set<string>;
    unpluggedAt?: number;
    sentTracks?: Sent[];
    cameraTaken?: boolean;
  }
}

/**
 * From here on, `unplug` and `plugIn` decide which devices the phone's machine has. This is injected, because a test
 * has no real plug to pull. `enumerateDevices` lists no unplugged device, and `getUserMedia` opens none.
 */
export const steerDevices = (phone: PhoneWindow): Promise<void> =>
  phone.evaluate(() => {
    const unplugged = new Set<string>();
    window.unplugged = unplugged;
    const sent: Sent[] = [];
    window.sentTracks = sent;
    const devices = navigator.mediaDevices;
    const enumerate = devices.enumerateDevices.bind(devices);
    devices.enumerateDevices = async () =>
      (await enumerate()).filter(({ label }) => label === '' || !unplugged.has(label));
    const open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const picture = constraints?.video !== undefined && constraints.video !== false;
      if (picture && window.cameraTaken === true) throw new DOMException('injected', 'NotReadableError');
      const stream = await open(constraints);
      const gone = stream.getTracks().some(({ label }) => unplugged.has(label));
      if (!gone) return stream;
      for (const track of stream.getTracks()) track.stop();
      const wanted = JSON.stringify(constraints).includes('exact');
      throw new DOMException('injected', wanted ? 'OverconstrainedError' : 'NotFoundError');
    };
    const { replaceTrack } = RTCRtpSender.prototype;
    RTCRtpSender.prototype.replaceTrack = async function (this: RTCRtpSender, track) {
      await replaceTrack.call(this, track);
      if (track) sent.push({ at: performance.now(), label: track.label });
    };
  });

/** Pulls a device's plug: its tracks end, and the browser says that devices have changed. */
export const unplug = (phone: PhoneWindow, label: string): Promise<void> =>
  phone.evaluate((name) => {
    window.unplugged?.add(name);
    window.unpluggedAt = performance.now();
    for (const track of window.openedTracks ?? []) {
      if (track.label !== name || track.readyState === 'ended') continue;
      track.stop();
      // The browser dispatches `ended` when a device goes away, but not when a page stops the track.
      track.dispatchEvent(new Event('ended'));
    }
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  }, label);

export const plugIn = (phone: PhoneWindow, label: string): Promise<void> =>
  phone.evaluate((name) => {
    window.unplugged?.delete(name);
    window.unpluggedAt = performance.now();
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  }, label);

/** Another program takes the camera: its track ends, and it cannot be opened. Resolves to a way to give it back. */
export const takeCamera = async (phone: PhoneWindow): Promise<() => Promise<void>> => {
  const take = (taken: boolean): Promise<void> =>
    phone.evaluate((is) => {
      window.cameraTaken = is;
      for (const track of window.openedTracks ?? []) {
        if (!is || track.kind !== 'video' || track.readyState === 'ended') continue;
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    }, taken);
  await take(true);
  return () => take(false);
};

/** Milliseconds from the last `unplug` or `plugIn` until this device's track was sent; null if it is not sent yet. */
export const sentAfter = (phone: PhoneWindow, label: string): Promise<number | null> =>
  phone.evaluate((name) => {
    const since = window.unpluggedAt ?? 0;
    const sent = window.sentTracks?.find((each) => each.label === name && each.at > since);
    return sent ? sent.at - since : null;
  }, label);

/** Names of the devices whose tracks are open. */
export const openDevices = (phone: PhoneWindow): Promise<string[]> =>
  phone.evaluate(() =>
    (window.openedTracks ?? [])
      .filter((track) => track.readyState === 'live')
      .map(({ label }) => label)
      .sort(),
  );

/** The name of the device over which the phone plays the call, '' for the default. */
export const playedOver = (phone: PhoneWindow): Promise<string> =>
  phone.evaluate(async () => {
    const [element] = [...(window.playedElements ?? [])].filter((it) => !it.paused);
    const devices = await navigator.mediaDevices.enumerateDevices();
    const sink = devices.find(({ kind, deviceId }) => kind === 'audiooutput' && deviceId === element?.sinkId);
    return sink?.label ?? '';
  });
