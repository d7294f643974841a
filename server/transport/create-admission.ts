import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import { createAccess } from './http/access.ts';
import { createArrivalLimits, type ArrivalLimits } from './http/arrival-limits.ts';
import { createClientAddress } from './http/client-address.ts';

/** Who gets in at all, by request and by connection. */
export interface Admission {
  readonly access: ReturnType<typeof createAccess>;
  /** The place under which a request is counted. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly arrivals: ArrivalLimits;
}

export const createAdmission = (
  config: Pick<Config, 'host' | 'allowedHosts' | 'extensionIds' | 'trustProxy' | 'rateLimitIpv6Prefix'>,
  createLimiter: CreateLimiter,
  log: Logger,
): Admission => {
  const addressOf = createClientAddress(config);
  return {
    access: createAccess({
      ...config,
      onUnknownHost: (host) => {
        log.warn({ host }, 'host refused: ALLOWED_HOSTS does not name it');
      },
    }),
    addressOf,
    arrivals: createArrivalLimits(createLimiter, addressOf),
  };
};
