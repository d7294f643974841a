import type { IceServers } from '../../protocol/calls/call.ts';

/** ICE servers as `RTCConfiguration` takes them: missing fields are left out. */
export const toRtcIceServers = (servers: IceServers): RTCIceServer[] =>
  servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
