import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type Lab } from '../../testkit/rtc/open-lab.ts';
import type { LoopbackRequests } from './loopback-requests.ts';
import type { SharedStreams } from './shared-streams.ts';
import type { takeStream } from './take-stream.ts';

/** The phone's end, a page's way to ask the phone, and test pictures. */
interface Stage {
  shared: SharedStreams;
  scope: object;
  requests: LoopbackRequests;
  viewIds: string[];
  connections: RTCPeerConnection[];
}

declare global {
  var phoneSide: { SharedStreams: typeof SharedStreams };
  var pageSide: { takeStream: typeof takeStream };
  var stage: () => Stage;
  var painted: (colour: string) => MediaStreamTrack;
  var comesToShow: (stream: MediaStream, colour: 'red' | 'green') => Promise<boolean>;
}

let lab: Lab;

beforeAll(async () => {
  lab = await openLab({
    phoneSide: new URL('./shared-streams.ts', import.meta.url),
    pageSide: new URL('./take-stream.ts', import.meta.url),
  });
  await lab.page.evaluate(() => {
    const connections: RTCPeerConnection[] = [];
    const Original = RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    };

    globalThis.stage = () => {
      connections.length = 0;
      const scope = {};
      const shared = new phoneSide.SharedStreams(scope);
      const viewIds: string[] = [];
      return {
        shared,
        scope,
        viewIds,
        connections,
        requests: {
          offer: async ({ viewId, stream }) => {
            viewIds.push(viewId);
            return { ok: true, sdp: await shared.loopbackOffer(viewId, stream) };
          },
          answer: async ({ viewId, stream, sdp }) => {
            await shared.loopbackAnswer(viewId, stream, sdp);
            return { ok: true };
          },
        },
      };
    };

    globalThis.painted = (colour) => {
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d');
      setInterval(() => {
        if (!context) return;
        context.fillStyle = colour;
        context.fillRect(0, 0, canvas.width, canvas.height);
      }, 33);
      const [track] = canvas.captureStream(30).getVideoTracks();
      if (!track) throw new Error('no track');
      return track;
    };

    globalThis.comesToShow = async (stream, colour) => {
      const video = document.createElement('video');
      video.muted = true;
      video.srcObject = stream;
      void video.play();
      const canvas = new OffscreenCanvas(1, 1);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      for (let i = 0; i < 100; i++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (!context || video.videoWidth === 0) continue;
        context.drawImage(video, 0, 0, 1, 1);
        const [red = 0, green = 0] = context.getImageData(0, 0, 1, 1).data;
        if ((colour === 'red' ? red - green : green - red) > 60) return true;
      }
      return false;
    };
  });
});

afterAll(() => lab.close());

describe("the phone's window object", () => {
  it('provides the same stream object, whose pictures change', async () => {
    const seen = await lab.page.evaluate(async () => {
      const { shared, scope, requests, connections } = stage();
      const end = new AbortController();
      const stream = await pageSide.takeStream('remote', requests, end.signal, () => [{}, scope]);
      const empty = stream.getTracks().length;
      shared.show('remote', painted('red'));
      const red = await comesToShow(stream, 'red');
      shared.show('remote', painted('lime'));
      const green = await comesToShow(stream, 'green');
      const tracks = stream.getTracks().length;
      shared.show('remote', null);
      const local = await pageSide.takeStream('local', requests, end.signal, () => [{}, scope]);
      return {
        empty,
        red,
        green,
        tracks,
        left: stream.getTracks().length,
        other: local !== stream,
        connections: connections.length,
      };
    });
    expect(seen).toEqual({
      empty: 0,
      red: true,
      green: true,
      tracks: 1,
      left: 0,
      other: true,
      connections: 0,
    });
  });
});

describe('loopback', () => {
  it('shows an existing picture, a later one, and a replacement', async () => {
    const seen = await lab.page.evaluate(async () => {
      const { shared, requests } = stage();
      const end = new AbortController();
      shared.show('remote', painted('red'));
      const begun = performance.now();
      const remote = await pageSide.takeStream('remote', requests, end.signal, () => []);
      const red = await comesToShow(remote, 'red');
      const took = performance.now() - begun;
      shared.show('remote', painted('lime'));
      const green = await comesToShow(remote, 'green');
      const local = await pageSide.takeStream('local', requests, end.signal, () => []);
      shared.show('local', painted('lime'));
      const later = await comesToShow(local, 'green');
      end.abort();
      return { took, shown: { red, green, later } };
    });
    expect(seen.shown).toEqual({ red: true, green: true, later: true });
  });

  it('is released by the phone, and by itself when the view closes its end', async () => {
    const seen = await lab.page.evaluate(async () => {
      const { shared, requests, viewIds, connections } = stage();
      shared.show('remote', painted('red'));
      const first = new AbortController();
      const second = new AbortController();
      const streams = [
        await pageSide.takeStream('remote', requests, first.signal, () => []),
        await pageSide.takeStream('remote', requests, second.signal, () => []),
      ];
      for (const stream of streams) await comesToShow(stream, 'red');
      shared.release(viewIds[0] ?? '');
      const released = connections.map(({ signalingState }) => signalingState);
      first.abort();
      second.abort();
      const begun = performance.now();
      while (
        connections.some(({ signalingState }) => signalingState !== 'closed') &&
        performance.now() - begun < 12_000
      ) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return {
        released,
        open: connections.filter(({ signalingState }) => signalingState !== 'closed').length,
      };
    });
    // For each view, the page's end and then the phone's.
    expect(seen).toEqual({ released: ['stable', 'closed', 'stable', 'stable'], open: 0 });
  });

  it('rejects an impossible request with a code', async () => {
    const seen = await lab.page.evaluate(async () => {
      const { shared, requests, connections } = stage();
      const said = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'resolved', String);
      const unknown = await said(shared.loopbackAnswer('nobody', 'remote', 'v=0'));
      await shared.loopbackOffer('view', 'remote');
      const nonsense = await said(shared.loopbackAnswer('view', 'remote', 'v=0'));
      shared.release('view');
      const refusing: LoopbackRequests = {
        ...requests,
        offer: () => Promise.resolve({ ok: false, code: 'signed-out' }),
      };
      const refused = await said(
        pageSide.takeStream('remote', refusing, new AbortController().signal, () => []),
      );
      const aborted = await said(
        pageSide.takeStream('remote', requests, AbortSignal.abort('gone'), () => []),
      );
      return {
        unknown,
        nonsense,
        refused,
        aborted,
        open: connections.filter(({ signalingState }) => signalingState !== 'closed').length,
      };
    });
    expect(seen).toEqual({
      unknown: 'StreamError: unknown-offer',
      nonsense: 'StreamError: refused',
      refused: 'StreamError: refused',
      aborted: 'gone',
      open: 0,
    });
  });
});
