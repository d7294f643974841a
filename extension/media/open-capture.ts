import type { CaptureProblem } from '../ipc/snapshot.ts';
import { FIRST_SIZE } from './camera-size.ts';
import { CaptureError } from './capture-error.ts';

export type CaptureSource = 'microphone' | 'camera';

/** What capture needs of the browser. */
export interface CaptureDevices {
  mediaDevices: Pick<MediaDevices, 'getUserMedia'>;
  permissions: Pick<Permissions, 'query'>;
}

const CONSTRAINTS: Record<CaptureSource, MediaTrackConstraints> = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: FIRST_SIZE,
};

/** `exact`, or a camera that fits the size better would be taken before the one that was chosen. */
const constraintsFor = (source: CaptureSource, deviceId: string | null): MediaStreamConstraints => {
  const constraints = { ...CONSTRAINTS[source], ...(deviceId !== null && { deviceId: { exact: deviceId } }) };
  return source === 'microphone' ? { audio: constraints } : { video: constraints };
};

/** Unplugged in this very moment. */
const isGone = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'OverconstrainedError';

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

const openStream = async (
  source: CaptureSource,
  deviceId: string | null,
  { mediaDevices }: CaptureDevices,
): Promise<MediaStream> => {
  try {
    return await mediaDevices.getUserMedia(constraintsFor(source, deviceId));
  } catch (error) {
    if (deviceId === null || !isGone(error)) throw error;
    return mediaDevices.getUserMedia(constraintsFor(source, null));
  }
};

/**
 * Opens the microphone or the camera. Each is asked for by itself, so that
 * sound never waits for the camera. Rejects with a {@link CaptureError}; with
 * the signal's reason when it aborts first, and then nothing stays open.
 * @param deviceId Null, or when there is no such device any more: the system's default.
 */
export const openCapture = async (
  source: CaptureSource,
  signal?: AbortSignal,
  deviceId: string | null = null,
  devices: CaptureDevices = navigator,
): Promise<MediaStreamTrack> => {
  signal?.throwIfAborted();
  let stream: MediaStream;
  try {
    stream = await openStream(source, deviceId, devices);
  } catch (error) {
    throw new CaptureError(await problemOf(error, source, devices), { cause: error });
  }
  const [track] = stream.getTracks();
  if (signal?.aborted) for (const opened of stream.getTracks()) opened.stop();
  signal?.throwIfAborted();
  if (!track) throw new CaptureError('failed');
  return track;
};
