import type { AlarmKind, CellKinds, CellName, Cells } from './cells.ts';
import type { Keys } from './keys.ts';

/** A cell as it was read: its revision ('' when it is empty) and its content. */
export interface ReadCell {
  readonly revision: string;
  readonly value: unknown;
}

/** Thrown when a step needs a cell that was not read yet: the cell is read, and the step runs again. */
export class NotRead extends Error {
  override name = 'NotRead';
  readonly cell: CellName;

  constructor(cell: CellName) {
    super(cell.kind);
    this.cell = cell;
  }
}

/** The draft of one step: it reads the fetched cells and sees its own writes. */
export class CellDraft implements Cells {
  readonly #keys: Keys;
  readonly #read: ReadonlyMap<string, ReadCell>;
  readonly #written = new Map<string, unknown>();
  /** Commands of four values each, as `COMMIT` expects them. */
  readonly #others: string[] = [];

  constructor(keys: Keys, read: ReadonlyMap<string, ReadCell>) {
    this.#keys = keys;
    this.#read = read;
  }

  get changes(): { written: ReadonlyMap<string, unknown>; others: readonly string[] } {
    return { written: this.#written, others: this.#others };
  }

  get<K extends keyof CellKinds>(kind: K, id: string): CellKinds[K] | undefined {
    const key = this.#keys.cell({ kind, id });
    const read = this.#read.get(key);
    if (!read) throw new NotRead({ kind, id });
    const value = this.#written.has(key) ? this.#written.get(key) : read.value;
    // Only `set` writes keys of this kind, and the era's name contains the version of the format.
    return value as CellKinds[K] | undefined;
  }

  set<K extends keyof CellKinds>(kind: K, id: string, value: CellKinds[K] | undefined): void {
    const key = this.#keys.cell({ kind, id });
    if (!this.#read.has(key)) throw new NotRead({ kind, id });
    this.#written.set(key, value);
  }

  alarm(kind: AlarmKind, id: string, at: number | null): void {
    const key = this.#keys.alarms(kind);
    this.#others.push(...(at === null ? ['ZREM', key, id, ''] : ['ZADD', key, id, String(at)]));
  }

  place(node: string, phone: { userId: string; instanceId: string }, connected: boolean): void {
    const member = `${phone.userId} ${phone.instanceId}`;
    this.#others.push(connected ? 'SADD' : 'SREM', this.#keys.phonesOf(node), member, '');
  }
}
