import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdpSchema } from '../../protocol/calls/description.ts';
import { signalSchema } from '../../protocol/calls/signal.ts';
import { openCallLab } from '../../testkit/rtc/open-call-lab.ts';
import type { Lab } from '../../testkit/rtc/open-lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openCallLab();
});

afterAll(() => lab.close());

describe('an ICE restart', () => {
  it('takes new candidates and keeps the picture, although every signal arrives twice', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      const { track, stop } = picture();
      await call.caller.setTrack('camera', track);
      await call.caller.startOffer([]);
      await call.accept();
      await call.came('callee connected');
      const before = await shows(call.callee.remoteTrack('camera'));
      call.doubled = true;
      const first = call.signals.length;
      const ufragBefore = call.connections.caller.remoteDescription?.sdp.match(/ice-ufrag:(\S+)/)?.[1];
      await call.caller.restartIce('silence');
      await new Promise((resolve) => setTimeout(resolve, 500));
      const after = await shows(call.callee.remoteTrack('camera'));
      const ufragAfter = call.connections.caller.remoteDescription?.sdp.match(/ice-ufrag:(\S+)/)?.[1];
      stop();
      const result = {
        before,
        after,
        renewed: ufragBefore !== ufragAfter,
        states: [call.connections.caller.connectionState, call.connections.callee.signalingState],
        events: call.events,
        signals: call.signals.slice(first),
      };
      call.caller.close();
      call.callee.close();
      return result;
    });
    expect(seen).toMatchObject({ before: true, after: true, renewed: true, states: ['connected', 'stable'] });
    expect(seen.events).not.toContain('caller failed');
    for (const { signal } of seen.signals) {
      expect(signalSchema.safeParse(signal).success).toBe(true);
      if (signal.kind === 'description')
        expect(sdpSchema.safeParse(signal.description.sdp).success).toBe(true);
    }
  });

  it('settles when both sides start one at once, three times over', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      const { track, stop } = picture();
      await call.callee.setTrack('camera', track);
      await call.caller.startOffer([]);
      await call.accept();
      await call.came('caller connected');
      for (let i = 0; i < 3; i++) {
        await Promise.all([call.caller.restartIce('silence'), call.callee.restartIce('silence')]);
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      const shown = await shows(call.caller.remoteTrack('camera'));
      stop();
      const { caller, callee } = call.connections;
      const result = [
        shown,
        caller.signalingState,
        callee.signalingState,
        caller.connectionState,
        callee.connectionState,
      ];
      call.caller.close();
      call.callee.close();
      return result;
    });
    expect(seen).toEqual([true, 'stable', 'stable', 'connected', 'connected']);
  });

  it('asked for during the first exchange, follows it', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      await call.caller.startOffer([]);
      await call.caller.restartIce('silence');
      const early = call.signals.some(({ signal }) => signal.kind === 'description');
      await call.accept();
      await call.came('callee connected');
      await new Promise((resolve) => setTimeout(resolve, 300));
      const descriptions = call.signals
        .filter(({ signal }) => signal.kind === 'description')
        .map(({ from }) => from);
      const states = [call.connections.caller.connectionState, call.connections.callee.signalingState];
      call.caller.close();
      call.callee.close();
      return { early, descriptions, states };
    });
    expect(seen).toEqual({
      early: false,
      descriptions: ['caller', 'callee'],
      states: ['connected', 'stable'],
    });
  });

  it('goes over the data channel when nothing else delivers', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      call.caller.announce({ microphone: true, camera: false, screen: false });
      await call.caller.startOffer([]);
      await call.accept();
      await call.came('callee remoteMedia {"microphone":true,"camera":false,"screen":false}');
      call.wired = false;
      const before = call.connections.callee.remoteDescription?.sdp;
      await call.caller.restartIce('silence');
      await new Promise((resolve) => setTimeout(resolve, 800));
      const result = {
        renewed: before !== call.connections.callee.remoteDescription?.sdp,
        states: [call.connections.caller.signalingState, call.connections.caller.connectionState],
      };
      call.caller.close();
      call.callee.close();
      return result;
    });
    expect(seen).toEqual({ renewed: true, states: ['stable', 'connected'] });
  });

  it('survives a lost offer: asking again sends it once more', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      await call.caller.startOffer([]);
      await call.accept();
      // Before the data channel opens, so that the offer is lost for good.
      call.wired = false;
      await call.caller.restartIce('silence');
      const waiting = call.connections.caller.signalingState;
      call.wired = true;
      await call.caller.restartIce('silence');
      await new Promise((resolve) => setTimeout(resolve, 800));
      const states = [call.connections.caller.signalingState, call.connections.callee.connectionState];
      call.caller.close();
      call.callee.close();
      return { waiting, states };
    });
    expect(seen).toEqual({ waiting: 'have-local-offer', states: ['stable', 'connected'] });
  });
});

describe('silence', () => {
  it('is told two seconds after the other side is gone', async () => {
    const seen = await lab.page.evaluate(async () => {
      const call = await ring();
      await call.caller.startOffer([]);
      await call.accept();
      await call.came('caller connected');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const early = call.events.includes('caller interrupted');
      // As if its machine had gone: without a word.
      call.connections.callee.close();
      const start = performance.now();
      await call.came('caller interrupted');
      const took = performance.now() - start;
      call.caller.close();
      call.callee.close();
      return { early, took };
    });
    expect(seen.early).toBe(false);
    expect(seen.took).toBeLessThan(3_500);
  });
});
