import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { hashInviteCode, makeInviteCode } from '../../account/invite-code.ts';
import type { StoredInvite } from '../../account/invite-store.ts';
import type { Store } from '../../store.ts';
import { AdminError } from './admin-error.ts';

const DAY = 86_400_000;

/** An invite as the operator sees it; its code is shown only when it is made. Times are epoch milliseconds. */
export type InviteLine = Omit<StoredInvite, 'codeHash'>;

/** What an operator does with invites. All throw `AdminError`. */
export interface InviteCommands {
  list(): Promise<InviteLine[]>;
  create(wish: { uses: number; days: number }): Promise<InviteLine & { code: string }>;
  revoke(inviteId: string): Promise<void>;
}

const toLine = ({ codeHash: _secret, ...line }: StoredInvite): InviteLine => line;

export const createInviteCommands = (
  { invites }: Pick<Store, 'invites'>,
  clock: Pick<Clock, 'now'>,
): InviteCommands => ({
  async list() {
    return (await invites.all()).map(toLine);
  },
  async create({ uses, days }) {
    const code = makeInviteCode();
    const createdAt = clock.now();
    const invite: StoredInvite = {
      inviteId: randomUUID(),
      codeHash: hashInviteCode(code),
      uses,
      left: uses,
      createdAt,
      expiresAt: createdAt + days * DAY,
    };
    await invites.create(invite);
    return { code, ...toLine(invite) };
  },
  async revoke(inviteId) {
    if (!(await invites.remove(inviteId))) throw new AdminError(`there is no invite ${inviteId}`);
  },
});
