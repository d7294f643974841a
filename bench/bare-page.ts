import type { Page } from '@playwright/test';
import { installArrivals, type Moments } from './arrivals.ts';

type Said =
  | { kind: 'invite' | 'accept' }
  | { kind: 'description'; description: RTCSessionDescriptionInit }
  | { kind: 'candidate'; candidate: RTCIceCandidateInit };

declare global {
  interface Window {
    bare: {
      prepare(): Promise<void>;
      say(what: 'invite' | 'accept'): void;
      /**
       * Shows both pictures as a call window does: the other person's as large as the page, the own one in a
       * corner.
       */
      show(): void;
      stop(): void;
    };
  }
}

/** Runs in the page: a call with nothing but the browser's own parts, negotiated when it is accepted. */
const install = async (relayUrl: string): Promise<void> => {
  const { arrivals } = window;
  const socket = new WebSocket(relayUrl);
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  const send = (said: Said): void => {
    socket.send(JSON.stringify(said));
  };
  let media = new MediaStream();
  let connection: RTCPeerConnection | null = null;
  // Sound flows only if something plays it.
  const player = new Audio();

  const connect = (): RTCPeerConnection => {
    const made = new RTCPeerConnection();
    arrivals.watch(made);
    made.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) send({ kind: 'candidate', candidate: candidate.toJSON() });
    });
    made.addEventListener('track', ({ streams: [stream] }) => {
      if (stream && player.srcObject !== stream) {
        player.srcObject = stream;
        void player.play();
      }
    });
    for (const track of media.getTracks()) made.addTrack(track, media);
    connection = made;
    return made;
  };

  const negotiate = async (to: RTCPeerConnection): Promise<void> => {
    await to.setLocalDescription();
    if (to.localDescription) send({ kind: 'description', description: to.localDescription.toJSON() });
  };

  const hear = async (said: Said): Promise<void> => {
    if (said.kind === 'invite') arrivals.note('ringing');
    if (said.kind === 'accept') await negotiate(connect());
    if (said.kind === 'description') {
      const to = connection ?? connect();
      await to.setRemoteDescription(said.description);
      if (said.description.type === 'offer') await negotiate(to);
    }
    if (said.kind === 'candidate') await connection?.addIceCandidate(said.candidate);
  };

  // The messages are handled one after the other, in the order of their arrival.
  let hearing = Promise.resolve();
  socket.addEventListener('message', ({ data }) => {
    // The same script in the other browser sent it.
    const said = JSON.parse(String(data)) as Said;
    hearing = hearing.then(() => hear(said));
  });

  window.bare = {
    async prepare() {
      // The picture has the size of the product's (extension/media/open-capture.ts); otherwise the time to encode
      // would decide.
      media = await navigator.mediaDevices.getUserMedia({
        audio: true,
        video: { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 30 } },
      });
    },
    say(what) {
      arrivals.note(what);
      send({ kind: what });
    },
    show() {
      for (const [stream, width] of [
        [player.srcObject, '100%'],
        [media, '180px'],
      ] as const) {
        const video = document.createElement('video');
        Object.assign(video, { muted: true, srcObject: stream });
        Object.assign(video.style, { position: 'fixed', right: '0', bottom: '0', width });
        document.body.append(video);
        void video.play();
      }
    },
    stop() {
      document.body.replaceChildren();
      connection?.close();
      connection = null;
      player.srcObject = null;
      for (const track of media.getTracks()) track.stop();
      for (const name of Object.keys(arrivals.moments)) Reflect.deleteProperty(arrivals.moments, name);
    },
  };
};

/** Turns an empty page at the relay's address into the bare page. */
export const openBarePage = async (page: Page, relayUrl: string): Promise<void> => {
  await page.addInitScript(installArrivals);
  await page.goto(relayUrl);
  await page.evaluate(install, relayUrl.replace('http', 'ws'));
};

const momentsOf = (page: Page): Promise<Moments> => page.evaluate(() => ({ ...window.arrivals.moments }));

/**
 * One call between two bare pages. Resolves to both sides' moments, the caller's first.
 * @param during What is done while the call is up.
 */
export const bareCall = async (
  caller: Page,
  callee: Page,
  during?: () => Promise<void>,
): Promise<[Moments, Moments]> => {
  for (const page of [caller, callee]) await page.evaluate(() => window.bare.prepare());
  await caller.evaluate(() => {
    window.bare.say('invite');
  });
  await callee.waitForFunction(() => 'ringing' in window.arrivals.moments);
  await callee.evaluate(() => {
    window.bare.say('accept');
  });
  for (const page of [caller, callee]) {
    await page.waitForFunction(() =>
      ['connected', 'first-frame', 'first-sound'].every((name) => name in window.arrivals.moments),
    );
  }
  const moments = await Promise.all([momentsOf(caller), momentsOf(callee)]);
  await during?.();
  for (const page of [caller, callee]) {
    await page.evaluate(() => {
      window.bare.stop();
    });
  }
  return moments;
};
