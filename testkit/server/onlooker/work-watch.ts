import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tracer } from '../../../server/operate/tracing/tracer.ts';

/** One thing that somebody asked for, and what the store and the live state were asked for its answer, in order. */
export interface Answered {
  readonly name: string;
  readonly work: readonly string[];
}

interface Open {
  readonly work: string[];
  answered: boolean;
}

/** Turns of the event loop without work after which there is none any more. */
const QUIET = 6;

/** Sees all that the store and the live state are asked, and for whose answer. */
export interface WorkWatch {
  readonly tracer: Tracer;
  /** Everything that was answered so far. */
  readonly answered: readonly Answered[];
  /** What was asked for no answer to a request: for a phone that connects, or after an answer. */
  readonly beside: readonly string[];
  /** When nothing is being done. */
  idle(): Promise<void>;
}

/** A tracer that keeps what it is told. */
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
