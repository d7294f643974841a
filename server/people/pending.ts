import type { Pending } from '../../protocol/people/contacts.ts';
import type { UserId } from '../../protocol/ids.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Emitter } from '../emitter.ts';
import type { Clock } from '../clock.ts';
import type { ContactCodeStore } from './contact-code-store.ts';
import type { RequestStore } from './request-store.ts';
import type { Directory } from './directory.ts';

interface PendingDeps {
  directory: Pick<Directory, 'person'>;
  requests: Pick<RequestStore, 'to' | 'by'>;
  codes: Pick<ContactCodeStore, 'byOwner'>;
  announcer: Pick<Emitter, 'toPerson'>;
  /** What was read of a person's list before a touch is stale. */
  visibility: { touch(userId: UserId): Promise<void> };
  clock: Clock;
}

/** What waits for a person: requests in either direction, and the invite code they have given out. */
export interface PendingList {
  of(userId: UserId): Promise<Pending>;
  /** It has changed: tells all of the person's devices. */
  tell(userId: UserId): Promise<void>;
}

export const createPendingList = (deps: PendingDeps): PendingList => {
  const { directory, requests, codes, announcer, clock } = deps;
  const of = async (userId: UserId): Promise<Pending> => {
    const person = await directory.person(userId);
    const code = await codes.byOwner(userId, clock.now());
    return {
      incoming: person ? await requests.to(person, LIMITS.requests) : [],
      outgoing: await requests.by(userId),
      code: code && { expiresAt: code.expiresAt, uses: code.uses },
    };
  };
  return {
    of,
    async tell(userId) {
      await deps.visibility.touch(userId);
      announcer.toPerson(userId, 'contact:pending', await of(userId));
    },
  };
};
