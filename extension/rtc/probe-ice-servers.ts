import type { IceServers } from '../../protocol/calls/call.ts';
import { toRtcIceServers } from './to-rtc-ice-servers.ts';

/** Milliseconds; a server that has not answered by then would not help a call. */
const ANSWER_WITHIN = 5_000;

/** A protocol and transport by which a STUN or TURN server is asked. */
type Way = 'stun' | 'turn-udp' | 'turn-tcp' | 'turn-tls';
type Outcome = 'answered' | 'silent' | 'refused';

/** Which ways work. One is listed once for each outcome that it has at one server or another. */
export type IceReach = Record<Outcome, Way[]>;

type CreateConnection = (configuration: RTCConfiguration) => RTCPeerConnection;

/** RFC 7064 and RFC 7065: a URL that names no transport means UDP. */
const wayOf = (url: string): Way => {
  if (url.startsWith('stun')) return 'stun';
  if (url.startsWith('turns:')) return 'turn-tls';
  return url.endsWith('?transport=tcp') ? 'turn-tcp' : 'turn-udp';
};

/**
 * Asks STUN and TURN servers for an address each, as a call would. Each has a connection of its own, because a
 * candidate does not always say which server it came from.
 */
export const probeIceServers = async (
  servers: IceServers,
  createConnection: CreateConnection = (c) => new RTCPeerConnection(c),
): Promise<IceReach> => {
  const reach: IceReach = { answered: [], silent: [], refused: [] };
  const single = servers.flatMap((server) => server.urls.map((url) => ({ ...server, urls: [url] })));
  await Promise.all(
    single.map(async (server) => {
      const way = wayOf(server.urls[0] ?? '');
      const outcome = await ask(server, way !== 'stun', createConnection);
      if (!reach[outcome].includes(way)) reach[outcome].push(way);
    }),
  );
  return reach;
};

const ask = async (
  server: IceServers[number],
  relay: boolean,
  createConnection: CreateConnection,
): Promise<Outcome> => {
  const connection = createConnection({
    iceServers: toRtcIceServers([server]),
    iceTransportPolicy: relay ? 'relay' : 'all',
  });
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  let failure: 'silent' | 'refused' | null = null;
  const timer = setTimeout(() => {
    resolve(failure ?? 'silent');
  }, ANSWER_WITHIN);
  connection.addEventListener('icecandidateerror', ({ errorCode }) => {
    // 701: the browser got no answer. The other codes are the server's own.
    failure = relay && errorCode < 700 ? 'refused' : 'silent';
  });
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.type === (relay ? 'relay' : 'srflx')) resolve('answered');
    // The browser does not report an address twice, so a STUN server has answered if there was no error: it named
    // the machine's own address.
    if (candidate === null) resolve(failure ?? (relay ? 'silent' : 'answered'));
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
