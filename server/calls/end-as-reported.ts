import type { End } from '../../protocol/calls/call.ts';
import type { Call } from './call.ts';

/**
 * When a call ended according to one of its phones, whose report may come late because the server was away or hung.
 * `at` is when it came (epoch milliseconds), and the end is never later. If the server never heard that the call
 * connected, it counts from Accept.
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
