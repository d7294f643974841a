import type { StreamName } from '../ipc/protocol.ts';
import { gathered } from './gathered.ts';
import type { LoopbackRequests } from './loopback-requests.ts';
import { StreamError } from './stream-error.ts';

/**
 * Takes a picture over a connection between two documents of one browser, if the offscreen document's window
 * object is not accessible. It takes 25–180 ms to connect, and encodes the picture once more. The track stays
 * the same when the picture changes.
 */
export const takeByLoopback = async (
  name: StreamName,
  requests: LoopbackRequests,
  signal: AbortSignal,
): Promise<MediaStream> => {
  signal.throwIfAborted();
  const request = { viewId: crypto.randomUUID(), stream: name };
  const connection = new RTCPeerConnection();
  const close = (): void => {
    connection.close();
  };
  signal.addEventListener('abort', close, { once: true });
  try {
    const offered = await requests.offer(request);
    signal.throwIfAborted();
    if (!offered.ok) throw new StreamError('refused');
    await connection.setRemoteDescription({ type: 'offer', sdp: offered.sdp });
    await connection.setLocalDescription();
    const sdp = await gathered(connection);
    signal.throwIfAborted();
    const answered = await requests.answer({ ...request, sdp });
    if (!answered.ok) throw new StreamError('refused');
    return new MediaStream(connection.getReceivers().map(({ track }) => track));
  } catch (error) {
    close();
    signal.removeEventListener('abort', close);
    throw error;
  }
};
