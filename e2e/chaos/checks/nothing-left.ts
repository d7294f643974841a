import type { Check } from './check.ts';

/** When everybody has hung up and leases have expired, no lock, no ringing and no "In a call" is left anywhere. */
export const nothingLeft: Check = ({ redis, phones, shown }) => [
  ...redis.people.map(({ userId, callId, ringing }) =>
    callId === null
      ? `${String(ringing)} calls ring at ${userId} for ever`
      : `${userId} is locked by ${callId} for ever`,
  ),
  ...redis.calls
    .filter(({ state }) => state !== 'ended')
    .map(({ callId, state }) => `${callId} is ${state} in Redis for ever`),
  ...redis.unsettled.map((callId) => `what was decided on ${callId} is told and kept by nobody`),
  ...redis.inCall.map((userId) => `${userId} is "In a call" for ever`),
  ...(redis.deadNodes > 0 ? [`${String(redis.deadNodes)} dead nodes are not seen to`] : []),
  ...phones.flatMap(({ phone, call, ringing }) => [
    ...(call === null ? [] : [`${phone} is ${call} for ever`]),
    ...(ringing === 0 ? [] : [`${phone} rings for ever`]),
  ]),
  ...shown
    .filter(({ status }) => status === 'in-call')
    .map(({ phone, userId }) => `${phone} shows ${userId} in a call for ever`),
];
