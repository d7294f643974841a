import type { Kysely } from 'kysely';
import type { KnownDeviceStore } from '../../account/known-device-store.ts';
import type { Tables } from '../tables.ts';

const KEPT = 20;

/** Known devices in an SQL database. */
export const createSqlKnownDeviceStore = (db: Kysely<Tables>): KnownDeviceStore => ({
  async knows(userId, deviceHash) {
    const row = await db
      .selectFrom('known_devices')
      .select('seen_at')
      .where('user_id', '=', userId)
      .where('device_hash', '=', deviceHash)
      .executeTakeFirst();
    return row !== undefined;
  },
  async remember(userId, deviceHash, now) {
    await db
      .insertInto('known_devices')
      .values({ user_id: userId, device_hash: deviceHash, seen_at: now })
      .onConflict((conflict) => conflict.columns(['user_id', 'device_hash']).doUpdateSet({ seen_at: now }))
      .execute();
    await db
      .deleteFrom('known_devices')
      .where('user_id', '=', userId)
      .where('device_hash', 'not in', (build) =>
        build
          .selectFrom('known_devices')
          .select('device_hash')
          .where('user_id', '=', userId)
          .orderBy('seen_at', 'desc')
          .limit(KEPT),
      )
      .execute();
  },
  async forget(userId) {
    await db.deleteFrom('known_devices').where('user_id', '=', userId).execute();
  },
});
