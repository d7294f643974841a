import { describe, expect, it } from 'vitest';
import { openCapture, type CaptureDevices } from './open-capture.ts';

class FakeTrack {
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

const devices = (
  outcome: { fails: Error } | { opens: FakeTrack[] },
  state: PermissionState = 'granted',
): CaptureDevices & { asked: MediaStreamConstraints[] } => {
  const asked: MediaStreamConstraints[] = [];
  return {
    asked,
    mediaDevices: {
      getUserMedia: (constraints = {}) => {
        asked.push(constraints);
        if ('fails' in outcome) return Promise.reject(outcome.fails);
        return Promise.resolve({ getTracks: () => outcome.opens } as unknown as MediaStream);
      },
    },
    permissions: { query: () => Promise.resolve({ state } as PermissionStatus) },
  };
};

const refusal = (name: string): { fails: DOMException } => ({ fails: new DOMException('any text', name) });

describe('openCapture', () => {
  it('asks for one thing at a time', async () => {
    const track = new FakeTrack();
    const microphone = devices({ opens: [track] });
    expect(await openCapture('microphone', undefined, null, microphone)).toBe(track);
    expect(microphone.asked).toEqual([
      { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } },
    ]);
    const camera = devices({ opens: [track] });
    await openCapture('camera', undefined, null, camera);
    expect(camera.asked.map((constraints) => Object.keys(constraints))).toEqual([['video']]);
  });

  it('opens the device that is asked for, and no other that fits better', async () => {
    const chosen = devices({ opens: [new FakeTrack()] });
    await openCapture('camera', undefined, 'abc', chosen);
    expect(chosen.asked).toMatchObject([{ video: { deviceId: { exact: 'abc' } } }]);
  });

  it('takes the default when the one that is asked for is gone', async () => {
    const track = new FakeTrack();
    const gone = devices({ opens: [track] });
    const { getUserMedia } = gone.mediaDevices;
    gone.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      const { deviceId } = typeof constraints?.audio === 'object' ? constraints.audio : {};
      if (deviceId !== undefined) throw new DOMException('any text', 'OverconstrainedError');
      return stream;
    };
    expect(await openCapture('microphone', undefined, 'abc', gone)).toBe(track);
    expect(gone.asked).toHaveLength(2);
  });

  it.each([
    ['NotAllowedError', 'prompt', 'permission-needed'],
    ['NotAllowedError', 'denied', 'permission-denied'],
    ['NotFoundError', 'granted', 'not-found'],
    ['NotReadableError', 'granted', 'in-use'],
    ['AbortError', 'granted', 'in-use'],
    ['OverconstrainedError', 'granted', 'failed'],
  ] as const)('%s with permission %s is %s', async (name, state, problem) => {
    await expect(openCapture('camera', undefined, null, devices(refusal(name), state))).rejects.toMatchObject(
      {
        name: 'CaptureError',
        problem,
      },
    );
  });

  it('tells what is no DOMException as failed', async () => {
    await expect(
      openCapture('camera', undefined, null, devices({ fails: new TypeError('x') })),
    ).rejects.toMatchObject({
      problem: 'failed',
    });
  });

  it('leaves nothing open when it is no longer wanted', async () => {
    const track = new FakeTrack();
    const end = new AbortController();
    const opening = openCapture('microphone', end.signal, null, devices({ opens: [track] }));
    end.abort();
    await expect(opening).rejects.toBe(end.signal.reason);
    expect(track.stopped).toBe(true);
    const unasked = devices({ opens: [track] });
    await expect(openCapture('microphone', end.signal, null, unasked)).rejects.toBe(end.signal.reason);
    expect(unasked.asked).toEqual([]);
  });
});
