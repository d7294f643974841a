import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { repeat } from '../../repeat.ts';
import type { SessionStore } from '../../account/session-store.ts';
import type { PhoneServer } from './typed-io.ts';

const EVERY = 3_600_000;

/**
 * Every hour, extends the sessions of connected phones, which would otherwise expire while in use, and removes the
 * expired ones. Returns what stops it.
 */
export const keepSessions = (deps: {
  io: PhoneServer;
  sessions: Pick<SessionStore, 'touch' | 'removeExpired'>;
  clock: Clock;
  sessionLife: number;
  log: Logger;
}): (() => void) => {
  const { io, sessions, clock, log } = deps;
  const keep = async (): Promise<void> => {
    const now = clock.now();
    for (const socket of io.sockets.sockets.values()) {
      await sessions.touch(socket.data.phone.sessionId, now, now + deps.sessionLife);
    }
    const removed = await sessions.removeExpired(now);
    log.debug({ removed }, 'expired sessions swept');
  };
  const tryToKeep = (): Promise<void> =>
    keep().catch((error: unknown) => {
      log.error({ err: error }, 'sessions could not be kept');
    });
  return repeat(clock, tryToKeep, { every: EVERY });
};
