import { createMemoryLimiters } from './memory-limiters.ts';
import type { FanOut, Live } from '../../live.ts';
import { MemoryCalls } from './memory-calls.ts';
import { createMemoryLists } from './memory-lists.ts';
import { createMemoryOneAtATime } from './memory-one-at-a-time.ts';
import { createMemoryPhones } from './memory-phones.ts';
import { createMemoryPresence } from './memory-presence.ts';

/** There is one node. */
const NO_FAN_OUT: FanOut = {
  attach: () => undefined,
  settled: () => Promise.resolve(),
};

/** Live state in this process's memory: it ends with the process, and no other process sees it. */
export const createMemoryLive = (): Live => ({
  calls: new MemoryCalls(),
  phones: createMemoryPhones(),
  presence: createMemoryPresence(),
  lists: createMemoryLists(),
  oneAtATime: createMemoryOneAtATime(),
  fanOut: NO_FAN_OUT,
  limiters: createMemoryLimiters,
  isUp: () => true,
  // The timers of deadlines live as long as this does.
  remind: () => Promise.resolve(),
  start: (duties) => duties.restore(),
  close: () => Promise.resolve(),
});
