import { randomUUID } from 'node:crypto';
import type { UserId } from '../../protocol/ids.ts';
import { hashToken, makeToken } from '../../server/account/tokens.ts';
import type { Store } from '../../server/store.ts';

/** Somebody who has an account and a device that is signed in; the token is the device's. */
export interface Resident {
  userId: UserId;
  token: string;
}

const YEAR = 31_536_000_000;

/** Puts people into a store, without a password that would take time to hash. */
export const addResidents = async (
  store: Pick<Store, 'accounts' | 'sessions'>,
  { count, now }: { count: number; now: number },
): Promise<Resident[]> => {
  const residents = Array.from({ length: count }, () => ({ userId: randomUUID(), token: makeToken() }));
  for (const [i, { userId, token }] of residents.entries()) {
    const name = `person-${String(i)}`;
    const account = { userId, username: name, displayName: name, passwordHash: null, createdAt: now };
    await store.accounts.create({ ...account, chosenStatus: 'available' });
    await store.sessions.create({
      sessionId: randomUUID(),
      userId,
      tokenHash: hashToken(token),
      deviceName: null,
      toldUntil: now,
      createdAt: now,
      seenAt: now,
      expiresAt: now + YEAR,
    });
  }
  return residents;
};
