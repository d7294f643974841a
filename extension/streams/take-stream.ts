import type { StreamName } from '../ipc/protocol.ts';
import type { LoopbackRequests } from './loopback-requests.ts';
import { STREAMS_PROPERTY } from './streams-property.ts';
import { takeByLoopback } from './take-by-loopback.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** By what it can do: `instanceof` is false across the two documents' realms. */
const isMediaStream = (value: unknown): value is MediaStream =>
  isRecord(value) && typeof value['getTracks'] === 'function';

/**
 * Resolves with a picture of the phone's, to be set as `video.srcObject`. Tracks
 * come and go in it: take it once, however many calls follow. `signal` ends what
 * the fallback holds open; abort it when the picture is no longer shown.
 * Rejects with a `StreamError`, or with the signal's reason.
 * @param windows Those of the extension's documents, the phone's among them where the browser gives it.
 */
export const takeStream = async (
  name: StreamName,
  requests: LoopbackRequests,
  signal: AbortSignal,
  windows: () => object[],
): Promise<MediaStream> => {
  for (const window of windows()) {
    const streams: unknown = STREAMS_PROPERTY in window ? window[STREAMS_PROPERTY] : null;
    const stream = isRecord(streams) ? streams[name] : null;
    if (isMediaStream(stream)) return stream;
  }
  return takeByLoopback(name, requests, signal);
};
