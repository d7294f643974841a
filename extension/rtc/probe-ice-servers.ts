import type { IceServers } from '../../protocol/call.ts';
import { toRtcIceServers } from './to-rtc-ice-servers.ts';

/** Milliseconds; a server that has not answered by then would not help a call. */
const PATIENCE = 5_000;

/**
 * Asks STUN and TURN servers for an address each, as a call would. One server
 * a connection: a candidate does not always say whom it came from. `null`:
 * there is none to ask.
 */
export const probeIceServers = async (
  servers: IceServers,
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection = (c) => new RTCPeerConnection(c),
): Promise<'all' | 'some' | 'none' | null> => {
  const single = servers.flatMap((server) => server.urls.map((url) => ({ ...server, urls: [url] })));
  if (single.length === 0) return null;
  const answers = await Promise.all(
    single.map((server) => answersFor(createConnection({ iceServers: toRtcIceServers([server]) }))),
  );
  if (answers.every(Boolean)) return 'all';
  return answers.some(Boolean) ? 'some' : 'none';
};

const answersFor = async (connection: RTCPeerConnection): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, PATIENCE, false);
  let refused = false;
  connection.addEventListener('icecandidateerror', () => {
    refused = true;
  });
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.type === 'srflx' || candidate?.type === 'relay') resolve(true);
    // An address that is the machine's own is not told twice: then silence without an error is an answer.
    if (candidate === null) resolve(!refused);
  });
  try {
    connection.createDataChannel('');
    await connection.setLocalDescription();
    return await promise;
  } finally {
    clearTimeout(timer);
    connection.close();
  }
};
