import type { IceServers } from '../../protocol/calls/call.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { CREDENTIAL_LIFE, turnCredentials } from './turn-credentials.ts';

/** The ICE servers that need no credentials, which are the same for everybody. */
export const openIceServers = ({ stunUrls }: Pick<Config, 'stunUrls'>): IceServers =>
  stunUrls.length > 0 ? [{ urls: stunUrls }] : [];

/** The ICE servers for one person's phone in one call, with credentials for the relay that nobody else has. */
export const createIceServers =
  ({ stunUrls, turn }: Pick<Config, 'stunUrls' | 'turn'>, clock: Pick<Clock, 'now'>) =>
  (userId: UserId): IceServers => [
    ...openIceServers({ stunUrls }),
    ...(turn
      ? [
          {
            urls: turn.urls,
            ...turnCredentials(turn.secret, userId, clock.now()),
            expiresIn: CREDENTIAL_LIFE,
          },
        ]
      : []),
  ];
