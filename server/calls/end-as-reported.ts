import type { End } from '../../protocol/calls/call.ts';
import type { Call } from './call.ts';

/**
 * When a call ended according to one of its phones, which may have reported it while the server was away or hung:
 * `at` is when the report arrived (epoch milliseconds). The reported time counts between connecting and now, and no
 * further. A call that was up while the server never heard of its connecting counts from Accept.
 */
export const endAsReported = (
  call: Call,
  { lasted }: Pick<End, 'lasted'>,
  at: number,
): { call: Call; at: number } => {
  const connectedAt = call.connectedAt ?? call.acceptedAt;
  if (lasted === undefined || connectedAt === null) return { call, at };
  return { call: { ...call, connectedAt }, at: Math.min(at, connectedAt + lasted) };
};
