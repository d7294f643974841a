import type { IceServers } from '../../protocol/calls/call.ts';

/** As `RTCConfiguration` takes them: what is not there is left out. */
export const toRtcIceServers = (servers: IceServers): RTCIceServer[] =>
  servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
