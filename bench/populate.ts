import { randomUUID } from 'node:crypto';
import type { UserId } from '../protocol/ids.ts';
import { hashToken, makeToken } from '../server/accounts/tokens.ts';
import type { DatabaseSettings } from '../server/store/database-settings.ts';
import { openStore } from '../server/store/open-store.ts';

/** One who is in the database, and signed in by this token. */
export interface Resident {
  userId: UserId;
  token: string;
}

const YEAR = 31_536_000_000;

/**
 * Fills a new database: so many people, each with the same number of contacts, their neighbours in a ring. With one
 * contact each, neighbours are pairs.
 */
export const populate = async (
  database: DatabaseSettings,
  people: number,
  contacts: number,
): Promise<Resident[]> => {
  const now = Date.now();
  const store = await openStore(database, { now });
  const residents = Array.from({ length: people }, () => ({ userId: randomUUID(), token: makeToken() }));
  // One transaction: minutes less for 10,000 people.
  await store.atomically(async (stores) => {
    for (const [index, { userId, token }] of residents.entries()) {
      const username = `person-${String(index)}`;
      await stores.accounts.create({
        userId,
        username,
        displayName: `Person ${String(index)}`,
        passwordHash: null,
        chosenStatus: 'available',
        createdAt: now,
      });
      await stores.sessions.create({
        sessionId: randomUUID(),
        userId,
        tokenHash: hashToken(token),
        createdAt: now,
        seenAt: now,
        expiresAt: now + YEAR,
        deviceName: 'Bench',
        toldUntil: now,
      });
    }
    for (const [index, { userId }] of residents.entries()) {
      if (contacts === 1 && index % 2 === 1) continue;
      for (let step = 1; step <= Math.ceil(contacts / 2); step += 1) {
        const other = residents[(index + step) % people];
        if (other) await stores.contacts.add(userId, other.userId);
      }
    }
  });
  await store.close();
  return residents;
};
