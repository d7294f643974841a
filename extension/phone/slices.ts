import type { Snapshot } from '../ipc/snapshot.ts';
import { deviceLists } from '../media/device-lists.ts';
import { NO_HISTORY } from './history/follow-history.ts';
import { NO_PEOPLE } from './people/follow-people.ts';
import { DEFAULT_SETTINGS } from './settings/stored-settings.ts';

/** What the server tells somebody who is signed in, while nobody is. */
export const OF_NOBODY = {
  contacts: [],
  people: NO_PEOPLE,
  history: NO_HISTORY,
  elsewhere: null,
  privacy: null,
} satisfies Partial<Snapshot>;

/** What views see before anything is known. */
export const AT_START: Snapshot = {
  ...OF_NOBODY,
  session: { kind: 'starting' },
  incoming: [],
  waitingCalls: 0,
  call: null,
  settings: DEFAULT_SETTINGS,
  permissions: { microphone: 'prompt', camera: 'prompt' },
  devices: deviceLists([]),
  conversations: [],
  unread: [],
  namesakes: [],
  wantedConversation: null,
};
