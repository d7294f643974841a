import { setTimeout as pause } from 'node:timers/promises';
import { SelectQueryNode, type CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely';
import type { AdaptedSqlite } from './sqlite-adapter.ts';
import { refusalOfSqlite, sqliteProblemOf } from './sqlite-failure.ts';
import type { SqliteWatcher } from './sqlite-watcher.ts';

/**
 * Milliseconds for which a statement is tried again while another process holds the file. A phone in a call
 * takes a connection that is silent for 2.5 s for dead.
 */
const WAIT = 2_000;
/** Milliseconds between two tries. */
const TRY_AGAIN = 20;

/** What the turns of one database share. */
export interface SharedSqlite {
  readonly db: AdaptedSqlite;
  readonly watcher: SqliteWatcher;
  /** Wakes each reader that waits for its turn. Readers need no turn while another process holds the file. */
  readonly readers: Set<() => void>;
  /** The first in the queue waits for another process and has not begun to write. */
  held: boolean;
}

/** A request's place in the queue for the one connection, and the connection when its turn has come. */
export class SqliteTurn implements DatabaseConnection {
  readonly #shared: SharedSqlite;
  readonly #turn: Promise<void>;
  readonly #deadline = performance.now() + WAIT;
  #isMine = false;

  /** @param turn resolves when every earlier request has finished. */
  constructor(shared: SharedSqlite, turn: Promise<void>) {
    this.#shared = shared;
    this.#turn = turn.then(() => {
      this.#isMine = true;
    });
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const reads = SelectQueryNode.is(query.query);
    if (reads) await this.#untilReadable();
    else await this.#turn;
    for (;;) {
      try {
        return this.#run(query, reads);
      } catch (error) {
        const problem = sqliteProblemOf(error);
        if (problem === null) throw error;
        if (problem !== 'busy' || performance.now() > this.#deadline) {
          this.#shared.watcher.onProblem(problem);
          throw refusalOfSqlite(problem);
        }
      }
      this.#letReadersPass();
      await pause(TRY_AGAIN);
    }
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    await this.#turn;
    for (const row of this.#shared.db.prepare(sql).iterate(parameters)) {
      yield { rows: [row as R] };
    }
  }

  #run<R>({ sql, parameters }: CompiledQuery, reads: boolean): QueryResult<R> {
    const { db, watcher } = this.#shared;
    const statement = db.prepare(sql);
    if (statement.reader) {
      const rows = statement.all(parameters) as R[];
      this.#passed(reads);
      return { rows };
    }
    const { changes, lastInsertRowid } = statement.run(parameters);
    this.#passed(reads);
    if (!db.inTransaction) watcher.onWritten();
    return { insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes), rows: [] };
  }

  #passed(reads: boolean): void {
    if (!reads) this.#shared.held = false;
  }

  /** Outside a transaction, only committed data is read. */
  get #mayRead(): boolean {
    return this.#isMine || (this.#shared.held && !this.#shared.db.inTransaction);
  }

  async #untilReadable(): Promise<void> {
    const { readers } = this.#shared;
    while (!this.#mayRead) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const wake = (): void => {
        resolve(undefined);
      };
      readers.add(wake);
      void this.#turn.then(wake);
      await promise;
      readers.delete(wake);
    }
  }

  #letReadersPass(): void {
    if (!this.#isMine || this.#shared.db.inTransaction) return;
    this.#shared.held = true;
    for (const wake of this.#shared.readers) wake();
  }
}
