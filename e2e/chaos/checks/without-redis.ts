import type { Fault } from '../evidence.ts';
import type { Check } from './check.ts';

/** Milliseconds of tolerance, because an answer may have been in transit when Redis stopped. */
const ON_ITS_WAY = 100;

const isRedisFault = ({ kind }: Fault): boolean =>
  kind === 'Redis killed, back empty' || kind === 'Redis paused';

/** While Redis is away new calls are refused as `unavailable`, and sign-in and history work. */
export const withoutRedis: Check = ({ faults, invites, attempts }) =>
  faults.filter(isRedisFault).flatMap((fault) => {
    const asked = invites.filter(
      ({ asked: from, answered }) => from > fault.from + ON_ITS_WAY && answered < fault.until,
    );
    const wrong = asked.filter(({ code }) => code !== 'unavailable');
    const tried = attempts.filter(({ fault: during }) => during === fault.kind);
    return [
      ...(asked.length === 0 ? [`${fault.kind}: nobody was refused`] : []),
      ...wrong.map(({ callId, code }) => `${fault.kind}: ${callId} was answered ${code} while it was away`),
      ...(['sign-in', 'history'] as const).flatMap((what) => {
        const worked = tried.some((one) => one.what === what && one.took !== null && one.at < fault.until);
        return worked ? [] : [`${fault.kind}: ${what} did not work while it was away`];
      }),
    ];
  });
