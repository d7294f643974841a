import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Duties } from '../../live.ts';
import { repeat } from '../../repeat.ts';
import type { AlarmKind } from './cells.ts';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';

/** How often it is looked at what is due, in milliseconds. */
const EVERY = 1000;
/** The node that set an alarm has this long to serve it by its own timer; milliseconds. */
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
 * Serves alarms that are due and that the node which set them has not served, because it is dead or was cut off.
 * Every node does; serving one twice does no harm. Returns what stops it.
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
