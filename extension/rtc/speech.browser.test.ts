import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCallLab } from '../../testkit/rtc/open-call-lab.ts';
import type { Lab } from '../../testkit/rtc/open-lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openCallLab();
});

afterAll(() => lab.close());

it('sends each frame twice, next to nothing in silence, and silence is no dead path', async () => {
  const seen = await lab.page.evaluate(async () => {
    const call = await ring();
    const context = new AudioContext();
    const tone = new OscillatorNode(context);
    const volume = new GainNode(context, { gain: 0.3 });
    const tracks = [0, 1].map(() => {
      const destination = new MediaStreamAudioDestinationNode(context);
      tone.connect(volume).connect(destination);
      return destination.stream.getAudioTracks()[0] ?? null;
    });
    tone.start();
    await call.caller.setTrack('microphone', tracks[0] ?? null);
    await call.callee.setTrack('microphone', tracks[1] ?? null);
    await call.caller.startOffer([]);
    await Promise.all([call.accept(), call.came('caller connected'), call.came('callee connected')]);

    const { caller, callee } = call.connections;
    const outbound = async (connection: RTCPeerConnection): Promise<{ packets: number; bytes: number }> => {
      const report = await connection.getStats();
      const result = { packets: 0, bytes: 0 };
      report.forEach((stat: Record<string, unknown>) => {
        if (stat['type'] !== 'outbound-rtp' || stat['mid'] !== '0') return;
        result.packets = Number(stat['packetsSent']);
        result.bytes = Number(stat['bytesSent']);
      });
      return result;
    };
    const sentIn = async (ms: number): Promise<{ packets: number; each: number }[]> => {
      const before = await Promise.all([outbound(caller), outbound(callee)]);
      await new Promise((resolve) => setTimeout(resolve, ms));
      const after = await Promise.all([outbound(caller), outbound(callee)]);
      return after.map((now, side) => {
        const packets = now.packets - (before[side]?.packets ?? 0);
        return { packets, each: (now.bytes - (before[side]?.bytes ?? 0)) / packets };
      });
    };
    await new Promise((resolve) => setTimeout(resolve, 500));
    const loud = await sentIn(1_000);
    volume.gain.value = 0;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const silent = await sentIn(3_000);
    const result = {
      loud,
      silent,
      fmtp: [caller, callee].map(
        (each) => /^a=fmtp:\d+ .*usedtx.*$/m.exec(each.remoteDescription?.sdp ?? '')?.[0],
      ),
      priority: [caller, callee].map((each) => each.getSenders()[0]?.getParameters().encodings[0]?.priority),
      events: call.events,
    };
    call.caller.close();
    call.callee.close();
    await context.close();
    return result;
  });
  // 20 ms of Opus at 32 kbit/s are 80 bytes. The browser reports Opus, not RED around it: the size shows that each
  // frame is there twice.
  for (const { packets, each } of seen.loud) {
    expect(packets).toBeGreaterThan(30);
    expect(each).toBeGreaterThan(130);
  }
  // One every 400 ms, instead of 50 a second.
  for (const { packets } of seen.silent) expect(packets).toBeLessThan(30);
  for (const line of seen.fmtp) expect(line).toMatch(/useinbandfec=1/);
  expect(seen.priority).toEqual(['high', 'high']);
  expect(seen.events.filter((event) => event.includes('interrupted'))).toEqual([]);
});

it('emits a sample every two seconds', async () => {
  const samples = await lab.page.evaluate(async () => {
    const call = await ring();
    const { track, stop } = picture();
    await call.caller.setTrack('camera', track);
    await call.caller.startOffer([]);
    const told: unknown[] = [];
    const twice = new Promise<void>((resolve) => {
      call.caller.on('sample', (sample) => {
        told.push(sample);
        if (told.length === 2) resolve();
      });
    });
    await call.accept();
    await twice;
    call.caller.close();
    call.callee.close();
    stop();
    return told;
  });
  expect(samples[1]).toMatchObject({
    path: { local: 'host', protocol: 'udp' },
    resting: false,
    pictureOut: { codec: 'video/VP8', width: 320, height: 240 },
  });
});
