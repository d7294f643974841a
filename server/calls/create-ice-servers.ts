import type { IceServers } from '../../protocol/call.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { CREDENTIAL_LIFE, turnCredentials } from './turn-credentials.ts';

/** The ICE servers of one phone in one call: the credentials for the relay are nobody else's. */
export const createIceServers =
  ({ stunUrls, turn }: Pick<Config, 'stunUrls' | 'turn'>, clock: Pick<Clock, 'now'>) =>
  (): IceServers => [
    ...(stunUrls.length > 0 ? [{ urls: stunUrls }] : []),
    ...(turn
      ? [{ urls: turn.urls, ...turnCredentials(turn.secret, clock.now()), expiresIn: CREDENTIAL_LIFE }]
      : []),
  ];
