import { randomUUID } from 'node:crypto';
import type { UserId } from '../protocol/ids.ts';
import { hashToken, makeToken } from '../server/accounts/tokens.ts';
import { openSqliteStore } from '../server/store/open-sqlite-store.ts';

/** One who is in the database, and signed in by this token. */
export interface Resident {
  userId: UserId;
  token: string;
}

const YEAR = 31_536_000_000;

/** Fills a new database: so many people, each with the same number of contacts, their neighbours in a ring. */
export const populate = async (file: string, people: number, contacts: number): Promise<Resident[]> => {
  const now = Date.now();
  const store = await openSqliteStore(file, now);
  const residents = Array.from({ length: people }, () => ({ userId: randomUUID(), token: makeToken() }));
  for (const [index, { userId, token }] of residents.entries()) {
    const username = `person-${String(index)}`;
    await store.accounts.create({
      userId,
      username,
      displayName: `Person ${String(index)}`,
      passwordHash: null,
      chosenStatus: 'available',
      createdAt: now,
    });
    await store.sessions.create({
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
    for (let step = 1; step <= contacts / 2; step += 1) {
      const other = residents[(index + step) % people];
      if (other) await store.contacts.add(userId, other.userId);
    }
  }
  await store.close();
  return residents;
};
