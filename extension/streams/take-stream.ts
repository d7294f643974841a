import type { StreamName } from '../ipc/protocol.ts';
import type { LoopbackRequests } from './loopback-requests.ts';
import { STREAMS_PROPERTY } from './streams-property.ts';
import { takeByLoopback } from './take-by-loopback.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Checks for a method, because `instanceof` is false across the two documents' realms. */
const isMediaStream = (value: unknown): value is MediaStream =>
  isRecord(value) && typeof value['getTracks'] === 'function';

/**
 * Resolves with one of the phone's pictures, to set as `video.srcObject`. Its tracks change from call to
 * call, so take it only once. `signal` closes the fallback's connection; abort it when the picture is no
 * longer shown. Rejects with a `StreamError`, or with the signal's reason.
 * @param windows the windows of the extension's documents, including the phone's if the browser gives access
 * to it.
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
