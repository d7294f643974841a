import { sql, type Insertable, type Kysely } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import type { PictureHash } from '../../../protocol/people/picture.ts';
import type { Person } from '../../../protocol/presence/presence.ts';
import { toAccount } from '../../account/to-account.ts';
import { accountFromRow } from '../account/account-row.ts';
import { inTransaction } from '../in-transaction.ts';
import { lockProfiles } from './lock-profiles.ts';
import type { Listed, ProfileStore } from '../../people/profile-store.ts';
import { prunePictures } from './prune-pictures.ts';
import { heldName, heldPicture, shownName, shownPicture, shownTo } from './shown-profiles.ts';
import type { FrozenProfileTable, Tables } from '../tables.ts';

interface Profile {
  display_name: string;
  picture: PictureHash | null;
}

const isSame = (one: Profile, other: Profile): boolean =>
  one.display_name === other.display_name && one.picture === other.picture;

const listedTo = (db: Kysely<Tables>, viewer: UserId) =>
  shownTo(db, viewer)
    .leftJoin('blocks as theirs', (join) =>
      join.onRef('theirs.blocker_id', '=', 'accounts.user_id').on('theirs.blocked_id', '=', viewer),
    )
    .leftJoin('blocks as own', (join) =>
      join.onRef('own.blocked_id', '=', 'accounts.user_id').on('own.blocker_id', '=', viewer),
    )
    .select([
      'accounts.user_id as userId',
      'accounts.username',
      shownName.as('displayName'),
      shownPicture.as('picture'),
      'theirs.blocker_id as blocker',
      'frozen.viewer_id as frozenFor',
      'frozen.last_seen as lastSeen',
    ]);

type ListedRow = Awaited<ReturnType<ReturnType<typeof listedTo>['execute']>>[number];

const toPerson = ({
  userId,
  username,
  displayName,
  picture,
}: Omit<Person, 'picture'> & {
  picture: PictureHash | null;
}): Person => ({ userId, username, displayName, ...(picture !== null && { picture }) });

const toListed = (row: ListedRow): Listed => ({
  person: toPerson(row),
  blocks: row.blocker !== null,
  frozen: row.frozenFor === null ? null : { lastSeen: row.lastSeen },
});

/** The profile that everybody sees, and the one that is frozen for a viewer. */
const ofPair = (db: Kysely<Tables>, viewer: UserId, userId: UserId) =>
  shownTo(db, viewer)
    .select([
      'frozen.viewer_id as frozenFor',
      'frozen.display_name as frozenName',
      'frozen.picture as frozenPicture',
      heldName.as('display_name'),
      heldPicture.as('picture'),
    ])
    .where('accounts.user_id', '=', userId)
    .executeTakeFirst();

const freeze = async (step: Kysely<Tables>, row: Insertable<FrozenProfileTable>): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await step
    .insertInto('frozen_profiles')
    .values(row)
    .onConflict((conflict) => conflict.columns(['viewer_id', 'person_id']).doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
};

const setThaws = async (
  step: Kysely<Tables>,
  viewer: UserId,
  userId: UserId,
  thaws: 0 | 1,
): Promise<void> => {
  await step
    .updateTable('frozen_profiles')
    .set({ thaws })
    .where('viewer_id', '=', viewer)
    .where('person_id', '=', userId)
    .execute();
};

const thaw = async (step: Kysely<Tables>, viewer: UserId, userId: UserId): Promise<void> => {
  await step
    .deleteFrom('frozen_profiles')
    .where('viewer_id', '=', viewer)
    .where('person_id', '=', userId)
    .execute();
};

/**
 * Profiles in an SQL database. A change is one transaction, from reading the shown profile to deleting unused
 * pictures: otherwise a picture that is frozen while another replaces it would be lost.
 */
export const createSqlProfileStore = (db: Kysely<Tables>): ProfileStore => {
  return {
    async published(userId) {
      const row = await db
        .selectFrom('accounts')
        .leftJoin('held_profiles as held', 'held.user_id', 'accounts.user_id')
        .select([
          'accounts.user_id as userId',
          'accounts.username',
          heldName.as('displayName'),
          heldPicture.as('picture'),
        ])
        .where('accounts.user_id', '=', userId)
        .where('accounts.deleted_at', 'is', null)
        .executeTakeFirst();
      return row ? toPerson(row) : null;
    },
    async listed(viewer, userId) {
      const row = await listedTo(db, viewer).where('accounts.user_id', '=', userId).executeTakeFirst();
      return row ? toListed(row) : null;
    },
    async everyone(viewer) {
      const rows = await listedTo(db, viewer)
        .where('accounts.user_id', '!=', viewer)
        .where('own.blocker_id', 'is', null)
        .orderBy('displayName')
        .orderBy('accounts.username')
        .execute();
      return rows.map(toListed);
    },
    async contacts(viewer) {
      const rows = await listedTo(db, viewer)
        .innerJoin('contacts', 'contacts.other_id', 'accounts.user_id')
        .where('contacts.user_id', '=', viewer)
        .where('own.blocker_id', 'is', null)
        .orderBy('displayName')
        .orderBy('accounts.username')
        .limit(LIMITS.contacts)
        .execute();
      return rows.map(toListed);
    },
    settle: (viewer, userId, how, lastSeen) =>
      inTransaction(db, async (step) => {
        // It always reads and writes once, so that its duration reveals nothing.
        const bothLive = await lockProfiles(step, [viewer, userId]);
        const pair = await ofPair(step, viewer, userId);
        const wasFrozen = pair !== undefined && pair.frozenFor !== null;
        if (how === 'thaw') {
          await thaw(step, viewer, userId);
          const frozen = { display_name: pair?.frozenName ?? '', picture: pair?.frozenPicture ?? null };
          const changed = wasFrozen && !isSame(frozen, pair);
          if (changed) await prunePictures(step, userId);
          return { newlyFrozen: false, changed };
        }
        if (how !== 'freeze' || wasFrozen || !pair || !bothLive) {
          await setThaws(step, viewer, userId, how === 'thaw-later' ? 1 : 0);
          return { newlyFrozen: false, changed: false };
        }
        const { display_name, picture } = pair;
        const row = {
          viewer_id: viewer,
          person_id: userId,
          display_name,
          picture,
          last_seen: lastSeen,
          thaws: 0,
        } as const;
        return { newlyFrozen: await freeze(step, row), changed: false };
      }),
    async freezeBlocks() {
      const sides = [
        ['blocker_id', 'blocked_id'],
        ['blocked_id', 'blocker_id'],
      ] as const;
      for (const [viewer, person] of sides) {
        await db
          .insertInto('frozen_profiles')
          .columns(['viewer_id', 'person_id', 'display_name', 'thaws'])
          .expression(
            db
              .selectFrom('blocks')
              .innerJoin('accounts', 'accounts.user_id', `blocks.${person}`)
              .leftJoin('held_profiles as held', 'held.user_id', 'accounts.user_id')
              .select([
                `blocks.${viewer}`,
                `blocks.${person}`,
                heldName.as('display_name'),
                sql.lit<0>(0).as('thaws'),
              ])
              .where('accounts.deleted_at', 'is', null),
          )
          .onConflict((conflict) => conflict.columns(['viewer_id', 'person_id']).doNothing())
          .execute();
      }
    },
    release: (userId) =>
      inTransaction(db, async (step) => {
        await lockProfiles(step, [userId]);
        const [held] = await step
          .deleteFrom('held_profiles')
          .where('user_id', '=', userId)
          .returning(['display_name', 'picture'])
          .execute();
        const thawed = await step
          .deleteFrom('frozen_profiles')
          .where('person_id', '=', userId)
          .where('thaws', '=', 1)
          .returning(['viewer_id', 'display_name', 'picture'])
          .execute();
        const account = await step
          .selectFrom('accounts')
          .selectAll()
          .where('user_id', '=', userId)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
        if (!account) return { person: null, changed: false, thawed: [] };
        if (held || thawed.length > 0) await prunePictures(step, userId);
        return {
          person: toAccount(accountFromRow(account)),
          changed: held !== undefined && !isSame(held, account),
          thawed: thawed.map((row) => ({ viewer: row.viewer_id, changed: !isSame(row, account) })),
        };
      }),
    forget: (userId) =>
      inTransaction(db, async (step) => {
        await lockProfiles(step, [userId]);
        await step.deleteFrom('held_profiles').where('user_id', '=', userId).execute();
        await step
          .deleteFrom('frozen_profiles')
          .where((where) => where.or([where('viewer_id', '=', userId), where('person_id', '=', userId)]))
          .execute();
      }),
  };
};
