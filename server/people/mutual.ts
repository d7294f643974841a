import type { BlockStore } from './block-store.ts';
import type { ContactStore } from './contact-store.ts';
import type { ProfileStore } from './profile-store.ts';
import { relationsOf, type Directory } from './directory.ts';

interface Stores {
  contacts: Pick<ContactStore, 'has'>;
  blocks: Pick<BlockStore, 'between'>;
  profiles: Pick<ProfileStore, 'published' | 'contacts'>;
}

/** `DIRECTORY=contacts`: those who have agreed to it, but for those whom a person has blocked. */
export const createMutual = ({ contacts, blocks, profiles }: Stores): Directory => ({
  person: (userId) => profiles.published(userId),
  contactsOf: (userId) => profiles.contacts(userId),
  async watchersOf(userId) {
    const list = await profiles.contacts(userId);
    return list.filter(({ blocks: isBlocker }) => !isBlocker).map(({ person }) => person.userId);
  },
  async between(one, other) {
    const [known, between] = await Promise.all([contacts.has(one, other), blocks.between(one, other)]);
    return relationsOf(known, between);
  },
});
