import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdpWithoutCandidatesSchema } from '../../protocol/calls/description.ts';
import { signalSchema } from '../../protocol/calls/signal.ts';
import { openCallLab } from '../../testkit/rtc/open-call-lab.ts';
import type { Lab } from '../../testkit/rtc/open-lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openCallLab();
});

afterAll(() => lab.close());

describe('while it rings', () => {
  it('prepares offer and answer that hold no candidate, and gathers nothing', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { caller, callee } = call.connections;
      const result = {
        offer: call.offer,
        answer: call.answer,
        gathering: [caller.iceGatheringState, callee.iceGatheringState],
        signals: call.signals.length,
      };
      call.caller.close();
      call.callee.close();
      return result;
    });
    expect(sdpWithoutCandidatesSchema.safeParse(seen.offer).success).toBe(true);
    expect(sdpWithoutCandidatesSchema.safeParse(seen.answer).success).toBe(true);
    expect(seen.answer.match(/^a=sendrecv/gm)).toHaveLength(3);
    for (const sdp of [seen.offer, seen.answer]) {
      const streams = [...sdp.matchAll(/^a=msid:(\S+)/gm)].map((match) => match[1]);
      expect(streams).toHaveLength(3);
      expect(new Set(streams).size).toBe(1);
    }
    expect(seen.gathering).toEqual(['new', 'new']);
    expect(seen.signals).toBe(0);
  });

  it('connects by the signals that the callee repeats when the answer itself was lost', async () => {
    const connected = await lab.page.evaluate(async () => {
      const call = await ring();
      await call.caller.startOffer([]);
      await call.accept({ answerLost: true });
      call.callee.repeatSignals();
      await call.came('caller connected');
      const { connectionState } = call.connections.caller;
      call.caller.close();
      call.callee.close();
      return connectionState;
    });
    expect(connected).toBe('connected');
  });

  it('adds no candidate on the callee side before startAnswer', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      let added = 0;
      const { callee } = call.connections;
      const add: unknown = Reflect.get(callee, 'addIceCandidate');
      Object.assign(callee, {
        addIceCandidate: (candidate: RTCIceCandidateInit): unknown => {
          added += 1;
          return typeof add === 'function' ? Reflect.apply(add, callee, [candidate]) : undefined;
        },
      });
      await call.caller.startOffer([]);
      await new Promise((resolve) => setTimeout(resolve, 400));
      for (const { signal } of call.signals) await call.callee.handleSignal(signal);
      const before = { added, gathering: callee.iceGatheringState };
      await call.accept();
      await call.came('callee connected');
      call.caller.close();
      call.callee.close();
      return { before, after: added };
    });
    expect(seen.before).toEqual({ added: 0, gathering: 'new' });
    expect(seen.after).toBeGreaterThan(0);
  });
});

describe('a call', () => {
  it('connects after Accept within a few batches of signals, and tells each side what the other sends', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      call.callee.announce({ microphone: true, camera: false, screen: false });
      await call.caller.startOffer([]);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const start = performance.now();
      await Promise.all([call.accept(), call.came('caller connected'), call.came('callee connected')]);
      const took = performance.now() - start;
      await call.came('caller remoteMedia {"microphone":true,"camera":false,"screen":false}');
      call.caller.announce({ microphone: false, camera: true, screen: false });
      await call.came('callee remoteMedia {"microphone":false,"camera":true,"screen":false}');
      await new Promise((resolve) => setTimeout(resolve, 300));
      const kinds = [call.caller, call.callee].map((peer) =>
        peer.remote.getTracks().map((track) => track.kind),
      );
      call.caller.close();
      call.callee.close();
      return { took, kinds, signals: call.signals };
    });
    // 15–20 ms on an idle machine; the bench measures it.
    expect(seen.took).toBeLessThan(1_000);
    expect(seen.kinds).toEqual([
      ['audio', 'video', 'video'],
      ['audio', 'video', 'video'],
    ]);
    for (const { signal } of seen.signals) expect(signalSchema.safeParse(signal).success).toBe(true);
    for (const side of ['caller', 'callee']) {
      const count = seen.signals.filter(({ from }) => from === side).length;
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(2);
    }
  });

  it('sends a track set mid-call, and stops when it is taken away', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      await call.caller.startOffer([]);
      await call.accept();
      await call.came('callee connected');
      const { track, stop } = picture();
      await call.caller.setTrack('camera', track);
      const shown = await shows(call.callee.remoteTrack('camera'));
      await call.caller.setTrack('camera', null);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const shownAfter = await shows(call.callee.remoteTrack('camera'), 1_000);
      stop();
      call.caller.close();
      call.callee.close();
      return { shown, shownAfter };
    });
    expect(seen).toEqual({ shown: true, shownAfter: false });
  });

  it('sends sound, and silence while the track is off or taken away', async () => {
    const seen = await lab.page.evaluate(async () => {
      const context = new AudioContext();
      const destination = new MediaStreamAudioDestinationNode(context);
      const oscillator = new OscillatorNode(context);
      oscillator.connect(destination);
      oscillator.start();
      const [track] = destination.stream.getAudioTracks();
      if (!track) throw new Error('no track');
      const call = await ring();
      await call.caller.setTrack('microphone', track);
      await call.caller.startOffer([]);
      await call.accept();
      // Without a sink, a browser does not decode sound.
      const sink = new Audio();
      sink.srcObject = new MediaStream(call.callee.remote.getAudioTracks());
      await sink.play();
      const reached: boolean[] = [];
      /**
       * Notes whether the other side comes to hear that within a few seconds, because machine and jitter buffer
       * take their time.
       */
      const comesTo = async (heard: boolean): Promise<void> => {
        let same = false;
        for (let i = 0; i < 10 && !same; i++)
          same = (await hears(call.callee.remoteTrack('microphone'))) === heard;
        reached.push(same);
      };
      await comesTo(true);
      track.enabled = false;
      await comesTo(false);
      track.enabled = true;
      await comesTo(true);
      // The receiver fills the gap for up to a second before it fades.
      await call.caller.setTrack('microphone', null);
      await comesTo(false);
      const { readyState } = track;
      call.caller.close();
      call.callee.close();
      sink.srcObject = null;
      await context.close();
      return { reached, readyState };
    });
    expect(seen).toEqual({ reached: [true, true, true, true], readyState: 'live' });
  });

  it('sends a track that was set before there were transceivers', async () => {
    const shown = await lab.page.evaluate(async () => {
      const { track, stop } = picture();
      const callee = new rtc.Peer({ side: 'callee' });
      const caller = new rtc.Peer({ side: 'caller' });
      await Promise.all([caller.setTrack('camera', track), callee.setTrack('camera', track)]);
      caller.on('signal', (signal) => void callee.handleSignal(signal));
      const answer = await callee.prepareAnswer(await caller.prepareOffer());
      await caller.startOffer([]);
      await Promise.all([caller.applyAnswer(answer), callee.startAnswer([])]);
      const result = [await shows(callee.remoteTrack('camera')), await shows(caller.remoteTrack('camera'))];
      stop();
      caller.close();
      callee.close();
      return result;
    });
    expect(shown).toEqual([true, true]);
  });

  it('tells the other side of a hang-up, also when it closes at once', async () => {
    const events = await lab.page.evaluate(async () => {
      const call = await ring();
      await call.caller.startOffer([]);
      call.caller.announce({ microphone: true, camera: false, screen: false });
      await call.accept();
      await call.came('callee remoteMedia {"microphone":true,"camera":false,"screen":false}');
      call.caller.hangUp();
      call.caller.close();
      await call.came('callee hangUp {}');
      call.callee.close();
      return call.events;
    });
    expect(events).toContain('callee hangUp {}');
  });

  it('releases everything when it closes, also in the middle of a step', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      await call.caller.startOffer([]);
      await call.accept();
      await call.came('caller connected');
      const track = call.caller.remoteTrack('microphone');
      const restarting = call.caller.restartIce('silence').then(
        () => 'resolved',
        (error: unknown) => (error instanceof Error ? error.message : 'other'),
      );
      call.caller.close();
      call.caller.close();
      call.forget();
      const later = await call.caller.prepareOffer().catch((error: unknown) => String(error));
      const outcome = await restarting;
      await new Promise((resolve) => setTimeout(resolve, 200));
      call.callee.close();
      return {
        outcome,
        later,
        state: call.connections.caller.connectionState,
        tracks: call.caller.remote.getTracks().length,
        ended: track?.readyState,
        events: call.events.filter((event) => event.startsWith('caller')),
      };
    });
    expect(seen).toEqual({
      outcome: 'closed',
      later: 'PeerError: closed',
      state: 'closed',
      tracks: 0,
      ended: 'ended',
      events: [],
    });
  });

  it('refuses text that is no offer, with a code', async () => {
    const problem = await lab.page.evaluate(async () => {
      const peer = new rtc.Peer({ side: 'callee' });
      const result = await peer.prepareAnswer('v=0').catch((error: unknown) => String(error));
      peer.close();
      return result;
    });
    expect(problem).toBe('PeerError: refused');
  });
});
