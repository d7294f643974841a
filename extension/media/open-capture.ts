import type { CaptureProblem } from '../messaging/snapshot.ts';
import { FIRST_SIZE } from './camera-size.ts';
import { CaptureError } from './capture-error.ts';

export type CaptureSource = 'microphone' | 'camera';

/** What capture needs of the browser. */
export interface CaptureDevices {
  mediaDevices: Pick<MediaDevices, 'getUserMedia'>;
  permissions: Pick<Permissions, 'query'>;
}

const CONSTRAINTS: Record<CaptureSource, MediaStreamConstraints> = {
  microphone: { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } },
  camera: { video: FIRST_SIZE },
};

/** `NotAllowedError` says the same for "not asked yet" and for "refused": only the permission itself tells them apart. */
const refusedBecause = async (source: CaptureSource, devices: CaptureDevices): Promise<CaptureProblem> => {
  const { state } = await devices.permissions.query({ name: source });
  return state === 'prompt' ? 'permission-needed' : 'permission-denied';
};

/** Names of `getUserMedia`'s errors: https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia */
const problemOf = async (
  error: unknown,
  source: CaptureSource,
  devices: CaptureDevices,
): Promise<CaptureProblem> => {
  if (!(error instanceof DOMException)) return 'failed';
  switch (error.name) {
    case 'NotAllowedError':
      return refusedBecause(source, devices);
    case 'NotFoundError':
      return 'not-found';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    default:
      return 'failed';
  }
};

/**
 * Opens the microphone or the camera. Each is asked for by itself, so that
 * sound never waits for the camera. Rejects with a {@link CaptureError}; with
 * the signal's reason when it aborts first, and then nothing stays open.
 */
export const openCapture = async (
  source: CaptureSource,
  signal?: AbortSignal,
  devices: CaptureDevices = navigator,
): Promise<MediaStreamTrack> => {
  signal?.throwIfAborted();
  let stream: MediaStream;
  try {
    stream = await devices.mediaDevices.getUserMedia(CONSTRAINTS[source]);
  } catch (error) {
    throw new CaptureError(await problemOf(error, source, devices), { cause: error });
  }
  const [track] = stream.getTracks();
  if (signal?.aborted) for (const opened of stream.getTracks()) opened.stop();
  signal?.throwIfAborted();
  if (!track) throw new CaptureError('failed');
  return track;
};
