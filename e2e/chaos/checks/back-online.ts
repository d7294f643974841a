import type { Check } from './check.ts';

/** Milliseconds from the last fault. */
const ALLOWED = 30_000;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Every phone is online again soon after the last fault, and everybody is shown as they are. */
export const backOnline: Check = ({ phones, shown }) => [
  ...phones.flatMap(({ phone, backAfter, connection }) => {
    if (backAfter === null) return [`${phone} did not come back: ${connection}`];
    return backAfter <= ALLOWED ? [] : [`${phone} came back ${seconds(backAfter)} after the last fault`];
  }),
  ...shown.flatMap(({ phone, userId, status, expected }) =>
    status === expected ? [] : [`${phone} shows ${userId} as ${status}, who is ${expected}`],
  ),
];
