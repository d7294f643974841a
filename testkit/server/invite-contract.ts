import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { StoredInvite } from '../../server/account/invite-store.ts';
import type { Store } from '../../server/store.ts';

const NOW = 1_800_000_000_000;

const invite = (uses: number, expiresAt = NOW + 1000): StoredInvite => ({
  inviteId: randomUUID(),
  codeHash: randomUUID(),
  uses,
  left: uses,
  createdAt: NOW,
  expiresAt,
});

/** What every implementation does with invites. */
export const describeInvites = (open: () => Store): void => {
  it('lets an invite be used as often as it says, also by two at once, until it expires or is removed', async () => {
    const { invites } = open();
    const [one, two, old] = [invite(1), { ...invite(2), createdAt: NOW + 1 }, invite(9, NOW)];
    for (const each of [one, two, old]) await invites.create(each);
    const both = await Promise.all([invites.take(one.codeHash, NOW), invites.take(one.codeHash, NOW)]);
    expect(both.sort()).toEqual([false, true]);
    expect(await invites.isValid(one.codeHash, NOW)).toBe(false);
    expect(await invites.isValid(two.codeHash, NOW)).toBe(true);
    expect(await invites.isValid(randomUUID(), NOW)).toBe(false);
    expect(await invites.isValid(old.codeHash, NOW)).toBe(false);
    expect(await invites.take(old.codeHash, NOW)).toBe(false);
    expect(await invites.take(two.codeHash, NOW)).toBe(true);
    expect((await invites.all())[0]).toEqual({ ...two, left: 1 });
    expect(await invites.remove(two.inviteId)).toBe(true);
    expect(await invites.remove(two.inviteId)).toBe(false);
    expect(await invites.take(two.codeHash, NOW)).toBe(false);
  });

  it('gives a use back when the sign-up that took it fails', async () => {
    const store = open();
    const one = invite(1);
    await store.invites.create(one);
    const failed = store.atomically(async ({ invites }) => {
      expect(await invites.take(one.codeHash, NOW)).toBe(true);
      throw new Error('no account');
    });
    await expect(failed).rejects.toThrow('no account');
    expect(await store.invites.isValid(one.codeHash, NOW)).toBe(true);
  });
};
