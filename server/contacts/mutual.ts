import { toAccount } from '../accounts/to-account.ts';
import type { AccountStore } from '../store/account-store.ts';
import type { BlockStore } from '../store/block-store.ts';
import type { ContactStore } from '../store/contact-store.ts';
import type { Directory } from './directory.ts';
import { hidePictures } from './hide-pictures.ts';

interface Stores {
  accounts: Pick<AccountStore, 'byId'>;
  contacts: Pick<ContactStore, 'has' | 'of'>;
  blocks: Pick<BlockStore, 'isBlocked' | 'blockedBy' | 'blockersOf'>;
}

/** `DIRECTORY=contacts`: those who have agreed to it, but for those whom a person has blocked. */
export const createMutual = ({ accounts, contacts, blocks }: Stores): Directory => {
  const listOf = async (userId: string) => {
    const blocked = new Set((await blocks.blockedBy(userId)).map((person) => person.userId));
    return (await contacts.of(userId)).filter((person) => !blocked.has(person.userId));
  };
  return {
    async person(userId) {
      const account = await accounts.byId(userId);
      return account ? toAccount(account) : null;
    },
    async contactsOf(userId) {
      return hidePictures(await listOf(userId), await blocks.blockersOf(userId));
    },
    async watchersOf(userId) {
      const blockers = await blocks.blockersOf(userId);
      const list = await listOf(userId);
      return list.map((person) => person.userId).filter((other) => !blockers.has(other));
    },
    blockersOf: (userId) => blocks.blockersOf(userId),
    async relation(from, to) {
      if (!(await contacts.has(from, to)) || (await blocks.isBlocked(from, to))) return 'none';
      return (await blocks.isBlocked(to, from)) ? 'blocked' : 'contact';
    },
  };
};
