import { randomUUID } from 'node:crypto';
import { Refused } from '../../refused.ts';
import { CellDraft, NotRead, type ReadCell } from './cell-draft.ts';
import type { CellName, Cells } from './cells.ts';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { COMMIT } from './scripts.ts';

/**
 * How often a step is repeated because another one was first; more conflicts than this are no coincidence.
 */
const ATTEMPTS = 50;

/** Characters of a revision: a UUID. */
const REVISION = 36;

/**
 * Shared state that changes in steps (optimistic locking): a step reads cells and returns their new values, and is
 * committed in Redis only if no cell that it read has changed meanwhile; else it is repeated. So one pure function
 * decides, wherever the state is kept.
 */
export class RedisCells {
  readonly #link: RedisLink;
  readonly #keys: Keys;
  readonly #era: () => string | null;
  readonly #onLost: () => void;

  /**
   * @param era names what Redis holds; null while it may not be used for decisions.
   * @param onLost Redis has lost its data: it must be refilled before anything is decided again.
   */
  constructor(link: RedisLink, keys: Keys, era: () => string | null, onLost: () => void) {
    this.#link = link;
    this.#keys = keys;
    this.#era = era;
    this.#onLost = onLost;
  }

  /**
   * Runs a step. A step that changes nothing reads each cell's newest value, but not all at the same moment.
   * @param start cells that the step is sure to need, to save round trips.
   * @param step pure except for `cells`, because it may run several times.
   * @throws Refused `unavailable`
   */
  async change<T>(start: readonly CellName[], step: (cells: Cells) => T): Promise<T> {
    const era = this.#era();
    if (era === null) throw new Refused('unavailable');
    const read = new Map<string, ReadCell>();
    await this.#read(
      start.map((name) => this.#keys.cell(name)),
      read,
    );
    for (let attempt = 0; attempt < ATTEMPTS;) {
      const draft = new CellDraft(this.#keys, read);
      const outcome = this.#try(step, draft);
      if ('missing' in outcome) {
        await this.#read([this.#keys.cell(outcome.missing)], read);
        continue;
      }
      attempt += 1;
      const { written, others } = draft.changes;
      if (written.size === 0 && others.length === 0) return outcome.result;
      const stale = await this.#commit(era, read, written, others);
      if (stale.length === 0) return outcome.result;
      await this.#read(stale, read);
    }
    throw new Refused('overloaded');
  }

  #try<T>(step: (cells: Cells) => T, draft: CellDraft): { result: T } | { missing: CellName } {
    try {
      return { result: step(draft) };
    } catch (error) {
      if (error instanceof NotRead) return { missing: error.cell };
      throw error;
    }
  }

  async #read(keys: readonly string[], into: Map<string, ReadCell>): Promise<void> {
    if (keys.length === 0) return;
    const texts = await this.#link.run((redis) => redis.mget([...keys]));
    for (const [i, key] of keys.entries()) {
      const text = texts[i] ?? '';
      const value: unknown = text === '' ? undefined : JSON.parse(text.slice(REVISION));
      into.set(key, { revision: text.slice(0, REVISION), value });
    }
  }

  /** The cells that have changed since they were read; none if the step was committed. */
  async #commit(
    era: string,
    read: ReadonlyMap<string, ReadCell>,
    written: ReadonlyMap<string, unknown>,
    others: readonly string[],
  ): Promise<string[]> {
    const keys = [...read.keys()];
    const cells = [...read].flatMap(([key, { revision }]) => [revision, this.#changeOf(key, written)]);
    const token = randomUUID();
    const args = [era, token, keys.length, ...cells, ...others];
    const answer = await this.#link.script(COMMIT, [this.#keys.era, ...keys], args);
    const [word, ...stale] = Array.isArray(answer) ? answer.map(String) : [];
    if (word === 'ok') return [];
    if (word !== 'stale') {
      this.#onLost();
      throw new Refused('unavailable');
    }
    return stale.flatMap((i) => keys[Number(i) - 1] ?? []);
  }

  #changeOf(key: string, written: ReadonlyMap<string, unknown>): string {
    if (!written.has(key)) return '';
    const value = written.get(key);
    return value === undefined ? 'd' : `w${JSON.stringify(value)}`;
  }
}
