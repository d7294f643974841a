import type { DatabaseSettings } from '../server/store/database-settings.ts';
import { openStore } from '../server/store/open-store.ts';
import { addResidents, type Resident } from '../testkit/server/add-residents.ts';

/**
 * Fills a new database with people in a ring, whose contacts are their neighbours. Everybody has the same number of
 * contacts: with one each, neighbours are pairs; another odd number is rounded up.
 */
export const populate = async (
  database: DatabaseSettings,
  people: number,
  contacts: number,
): Promise<Resident[]> => {
  const now = Date.now();
  const store = await openStore(database, { now });
  // One transaction saves minutes with 10,000 people.
  const residents = await store.atomically(async (stores) => {
    const added = await addResidents(stores, { count: people, now });
    for (const [index, { userId }] of added.entries()) {
      if (contacts === 1 && index % 2 === 1) continue;
      for (let step = 1; step <= Math.ceil(contacts / 2); step += 1) {
        const other = added[(index + step) % people];
        if (other) await stores.contacts.add(userId, other.userId);
      }
    }
    return added;
  });
  await store.close();
  return residents;
};
