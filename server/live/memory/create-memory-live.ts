import { createMemoryLimiters } from './memory-limiters.ts';
import type { FanOut, Live } from '../../live.ts';
import { MemoryCalls } from './memory-calls.ts';
import { createMemoryLists } from './memory-lists.ts';
import { createMemoryOneAtATime } from './memory-one-at-a-time.ts';
import { createMemoryPhones } from './memory-phones.ts';
import { createMemoryPresence } from './memory-presence.ts';

/** There is only this node. */
const NO_FAN_OUT: FanOut = {
  attach: () => undefined,
  settled: () => Promise.resolve(),
};

/** Live state in this process's memory. It ends with the process, and other processes do not see it. */
export const createMemoryLive = (): Live => ({
  calls: new MemoryCalls(),
  phones: createMemoryPhones(),
  presence: createMemoryPresence(),
  lists: createMemoryLists(),
  oneAtATime: createMemoryOneAtATime(),
  fanOut: NO_FAN_OUT,
  limiters: createMemoryLimiters,
  isUp: () => true,
  // The timers of deadlines end together with this live state.
  remind: () => Promise.resolve(),
  start: (duties) => duties.restore(),
  close: () => Promise.resolve(),
});
