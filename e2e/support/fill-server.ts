import { randomUUID } from 'node:crypto';
import { openSqliteStore } from '../../server/store/sqlite/open-sqlite-store.ts';

const FIRST = [
  'Aaliyah',
  'Björn',
  'Chloé',
  'Dmitri',
  'Eun-ji',
  'Fatima',
  'Göran',
  'Hana',
  'Łukasz',
  'Nnamdi',
];
const LAST = ['Ødegaard', 'Müller', 'Nakamura', 'Okafor', 'Silva', 'Weiß', 'Zhang'];

/** The name of the n-th account; each has a different one. */
export const filledName = (n: number): string =>
  `${FIRST[n % FIRST.length] ?? ''} ${LAST[n % LAST.length] ?? ''} ${String(n)}`;

/**
 * Accounts that nobody can sign in to, written to a database that no server has open: thousands take a second.
 * @param file absolute path; created if missing.
 */
export const fillServer = async (file: string, count: number): Promise<void> => {
  const store = await openSqliteStore(file, Date.now());
  for (let n = 0; n < count; n += 1) {
    await store.accounts.create({
      userId: randomUUID(),
      username: `filled-${String(n)}`,
      displayName: filledName(n),
      passwordHash: null,
      chosenStatus: 'available',
      createdAt: 0,
    });
  }
  await store.close();
};
