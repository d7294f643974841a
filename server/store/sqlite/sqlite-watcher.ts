import type { Logger } from 'pino';
import type { SqliteProblem } from './sqlite-failure.ts';

/** Milliseconds without a failure. On a full disk, a small change finds room now and then. */
const SURELY_OVER = 60_000;

const WORDS: Readonly<Record<SqliteProblem, string>> = {
  busy: 'another process holds the database: what is to be stored waits, and is refused after two seconds',
  full: 'the disk is full: nothing can be stored until there is room',
  unusable: 'the database cannot be written: look at its disk',
};

/** Is told whether an SQLite database can be written. */
export interface SqliteWatcher {
  onProblem(problem: SqliteProblem): void;
  onWritten(): void;
}

/** Logs one line when a database cannot be written and one when it can again, and remembers which is the case. */
export class SqliteHealth implements SqliteWatcher {
  readonly #file: string;
  readonly #log: Pick<Logger, 'warn' | 'info'> | undefined;
  #problem: SqliteProblem | null = null;
  #lastSeen = 0;

  constructor(file: string, log: Pick<Logger, 'warn' | 'info'> | undefined) {
    this.#file = file;
    this.#log = log;
  }

  /** Why the database cannot be written; null: it can. */
  get problem(): SqliteProblem | null {
    return this.#problem;
  }

  onProblem(problem: SqliteProblem): void {
    this.#lastSeen = performance.now();
    if (this.#problem === problem) return;
    this.#problem = problem;
    this.#log?.warn({ file: this.#file, problem }, WORDS[problem]);
  }

  onWritten(): void {
    if (this.#problem === 'busy' || performance.now() - this.#lastSeen > SURELY_OVER) this.onUsable();
  }

  /** A trial write succeeded. */
  onUsable(): void {
    if (this.#problem === null) return;
    this.#problem = null;
    this.#log?.info({ file: this.#file }, 'the database can be written again');
  }
}
