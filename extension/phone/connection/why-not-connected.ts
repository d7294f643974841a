import type { ConnectionProblem } from '../../ipc/snapshot.ts';
import type { RestClient } from './rest-client.ts';

/**
 * Why no connection to a server opens, as far as a plain request tells: browsers hide why a websocket was refused.
 * Never rejects.
 */
export const whyNotConnected = async (rest: Pick<RestClient, 'server'>): Promise<ConnectionProblem> => {
  const found = await rest.server();
  if (found.ok) return 'websocket-blocked';
  switch (found.code) {
    case 'version-too-old':
    case 'version-too-new':
    case 'origin-refused':
    case 'not-a-server':
      return found.code;
    default:
      return 'server-unreachable';
  }
};
