import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Duties } from '../../live.ts';
import { repeat } from '../../repeat.ts';
import type { AlarmKind } from './cells.ts';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';

/** How often a node checks for due alarms, in milliseconds. */
const EVERY = 1000;
/** How long the node that set an alarm has to serve it by its own timer, in milliseconds. */
const OWNER_HAS = 500;
const AT_ONCE = 200;

type Serve = Pick<Duties, 'callDue' | 'callUnsettled' | 'presenceDue' | 'choiceDue'>;

const dutyOf = (kind: AlarmKind): keyof Serve => {
  switch (kind) {
    case 'call':
      return 'callDue';
    case 'unsettled':
      return 'callUnsettled';
    case 'presence':
      return 'presenceDue';
    case 'choice':
      return 'choiceDue';
  }
};

const KINDS: readonly AlarmKind[] = ['call', 'unsettled', 'presence', 'choice'];

/**
 * Serves due alarms that the node which set them has not served, because it is dead or cut off. Every node
 * does so; serving an alarm twice is harmless. Returns a function that stops it.
 */
export const serveAlarms = (deps: {
  link: RedisLink;
  keys: Keys;
  duties: Serve;
  clock: Clock;
  log: Logger;
}): (() => void) => {
  const { link, keys, duties, clock, log } = deps;

  const serve = async (kind: AlarmKind): Promise<void> => {
    const until = clock.now() - OWNER_HAS;
    const due = await link.run((redis) =>
      redis.zrangebyscore(keys.alarms(kind), '-inf', until, 'LIMIT', 0, AT_ONCE),
    );
    for (const id of due) {
      await duties[dutyOf(kind)](id).catch((error: unknown) => {
        log.error({ err: error, kind }, 'something due could not be seen to');
      });
    }
  };
  const round = async (): Promise<void> => {
    if (link.runId === null) return;
    for (const kind of KINDS) await serve(kind);
  };
  const tryRound = (): Promise<void> =>
    round().catch((error: unknown) => {
      log.debug({ err: error }, 'what is due could not be looked at');
    });
  return repeat(clock, tryRound, { every: EVERY });
};
