import { sql, type Kysely, type Nullable, type SelectQueryBuilder } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import type { PictureHash } from '../../../protocol/people/picture.ts';
import type { FrozenProfileTable, HeldProfileTable, Tables } from '../tables.ts';

/** The name that everybody sees, in a query that joins `held` to `accounts`. */
export const heldName = sql<string>`coalesce(held.display_name, accounts.display_name)`;

/** The picture that everybody sees, in such a query. A held profile may also have no picture. */
export const heldPicture = sql<PictureHash | null>`case
  when held.user_id is not null then held.picture
  else accounts.picture end`;

/** The name that one viewer sees, in a query that also joins `frozen`. */
export const shownName = sql<string>`coalesce(frozen.display_name, held.display_name, accounts.display_name)`;

/** The picture that one viewer sees, in such a query. */
export const shownPicture = sql<PictureHash | null>`case
  when frozen.viewer_id is not null then frozen.picture
  when held.user_id is not null then held.picture
  else accounts.picture end`;

type Shown = Tables & { held: Nullable<HeldProfileTable>; frozen: Nullable<FrozenProfileTable> };

/**
 * Accounts that are not deleted, with the profile that one viewer sees. Every query uses this join, so that
 * all cost the same.
 */
export const shownTo = (
  db: Kysely<Tables>,
  viewer: UserId,
): SelectQueryBuilder<Shown, 'accounts' | 'held' | 'frozen', object> =>
  db
    .selectFrom('accounts')
    .leftJoin('held_profiles as held', 'held.user_id', 'accounts.user_id')
    .leftJoin('frozen_profiles as frozen', (join) =>
      join.onRef('frozen.person_id', '=', 'accounts.user_id').on('frozen.viewer_id', '=', viewer),
    )
    .where('accounts.deleted_at', 'is', null);
