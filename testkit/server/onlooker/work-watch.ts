import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tracer } from '../../../server/operate/tracing/tracer.ts';

/** One request and the queries to store and live state that its answer took, in order. */
export interface Answered {
  readonly name: string;
  readonly work: readonly string[];
}

interface Open {
  readonly work: string[];
  answered: boolean;
}

/** After this many turns of the event loop without work, all work counts as done. */
const QUIET = 6;

/** Records all queries to store and live state, and for whose answer they are. */
export interface WorkWatch {
  readonly tracer: Tracer;
  /** All requests answered so far. */
  readonly answered: readonly Answered[];
  /** The queries that belong to no answer: those for a connecting phone, and those after an answer. */
  readonly beside: readonly string[];
  /** Resolves when no work is in progress. */
  idle(): Promise<void>;
}

/** A tracer that records its spans. */
export const createWorkWatch = (): WorkWatch => {
  const current = new AsyncLocalStorage<Open>();
  const answered: Answered[] = [];
  const beside: string[] = [];
  let running = 0;
  return {
    answered,
    beside,
    tracer: {
      async root(name, _facts, work) {
        const open: Open = { work: [], answered: false };
        try {
          return await current.run(open, () => work({ tell: () => undefined }));
        } finally {
          open.answered = true;
          answered.push({ name, work: [...open.work] });
        }
      },
      async part(name, work) {
        const open = current.getStore();
        (open && !open.answered ? open.work : beside).push(name);
        running += 1;
        try {
          return await work();
        } finally {
          running -= 1;
        }
      },
      close: () => Promise.resolve(),
    },
    async idle() {
      for (let quiet = 0; quiet < QUIET; quiet = running === 0 ? quiet + 1 : 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
};
