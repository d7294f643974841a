import type { DirectoryMode } from '../../protocol/people/contacts.ts';
import type { Store } from '../store.ts';
import type { Directory } from './directory.ts';
import { createEveryone } from './everyone.ts';
import { createMutual } from './mutual.ts';

/** Who knows whom, by what the operator chose. */
export const createDirectory = (mode: DirectoryMode, store: Store): Directory =>
  mode === 'contacts' ? createMutual(store) : createEveryone(store);
