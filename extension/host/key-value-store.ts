const TABLE = 'values';

const settle = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new DOMException('unknown', 'UnknownError'));
    };
  });

/**
 * A few values that outlive the browser, in IndexedDB: the one durable store that the offscreen
 * document, the service worker and pages all have without a permission. What comes out is `unknown`:
 * another version of this product may have written it.
 */
export class KeyValueStore {
  readonly #name: string;
  #database: Promise<IDBDatabase> | null = null;

  constructor(name: string) {
    this.#name = name;
  }

  async get(key: string): Promise<unknown> {
    const table = await this.#table('readonly');
    return settle<unknown>(table.get(key));
  }

  async set(key: string, value: unknown): Promise<void> {
    const table = await this.#table('readwrite');
    await settle(table.put(value, key));
  }

  async delete(key: string): Promise<void> {
    const table = await this.#table('readwrite');
    await settle(table.delete(key));
  }

  async #table(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    this.#database ??= this.#open();
    const database = await this.#database;
    return database.transaction(TABLE, mode).objectStore(TABLE);
  }

  #open(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(TABLE);
    };
    return settle(request);
  }
}
