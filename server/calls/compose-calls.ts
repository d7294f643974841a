import type { IceServers } from '../../protocol/calls/call.ts';
import type { Config } from '../config.ts';
import type { Handlers } from '../handlers.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import type { SessionStore } from '../account/session-store.ts';
import { limitCallEvents } from './call-limits.ts';
import { createCalls, type Calls } from './create-calls.ts';
import { createIceServers, openIceServers } from './create-ice-servers.ts';
import type { CallsDeps } from './ports.ts';
import { limitRelayCredentials } from './relay-limits.ts';
import { createRingPauses } from './ring-pauses.ts';
import { createTestCall } from './test-call.ts';

type CallParts = Pick<
  CallsDeps,
  'live' | 'records' | 'directory' | 'emitter' | 'presence' | 'onEnded' | 'clock' | 'log'
> & {
  config: Pick<Config, 'stunUrls' | 'turn' | 'hideAddresses' | 'ringTimeout'>;
  sessions: Pick<SessionStore, 'byId'>;
  createLimiter: CreateLimiter;
};

/** Calls, with their limits and their ICE servers. */
export interface CallsFeature {
  /** For the rest of the server: no limits apply here. */
  readonly calls: Calls;
  readonly handlers: Pick<Handlers, Extract<keyof Handlers, `call:${string}`>>;
  /** The ICE servers of every call; null: each acknowledgement brings its own, because they need credentials. */
  readonly iceServers: IceServers | null;
}

/** Puts the feature together. */
export const composeCalls = ({ config, sessions, createLimiter, ...parts }: CallParts): CallsFeature => {
  const iceServers = createIceServers(config, parts.clock);
  const calls = createCalls({
    ...parts,
    pauses: createRingPauses(createLimiter),
    deviceName: async (sessionId) => (await sessions.byId(sessionId))?.deviceName ?? null,
    iceServers,
    relayOnly: config.hideAddresses === 'always',
    ringTimeout: config.ringTimeout,
  });
  const limited = limitCallEvents(calls.handlers, createLimiter);
  const relayed = limitRelayCredentials(
    {
      'call:ice-servers': limited['call:ice-servers'],
      'call:test': createTestCall({ emitter: parts.emitter, iceServers }),
    },
    createLimiter,
  );
  return {
    calls,
    handlers: { ...limited, ...relayed },
    iceServers: config.turn ? null : openIceServers(config),
  };
};
