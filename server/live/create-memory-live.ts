import { WorkQueue } from '../work-queue.ts';
import { createMemoryLimiters } from '../limits/memory-limiters.ts';
import { NO_FAN_OUT } from './fan-out.ts';
import type { Live } from './live.ts';
import { MemoryCalls } from './memory-calls.ts';
import { createMemoryLists } from './memory-lists.ts';
import { createMemoryPhones } from './memory-phones.ts';
import { createMemoryPresence } from './memory-presence.ts';

/** Jobs that may wait for their turn; each takes about a millisecond. */
const WAITING = 5000;

/** Live state in this process's memory: it ends with the process, and no other process sees it. */
export const createMemoryLive = (): Live => ({
  calls: new MemoryCalls(),
  phones: createMemoryPhones(),
  presence: createMemoryPresence(),
  lists: createMemoryLists(),
  oneAtATime: new WorkQueue({ running: 1, waiting: WAITING }),
  fanOut: NO_FAN_OUT,
  limiters: createMemoryLimiters,
  isUp: () => true,
  // The timers that stand for what is due live as long as this does.
  remind: () => Promise.resolve(),
  start: (duties) => duties.restore(),
  close: () => Promise.resolve(),
});
