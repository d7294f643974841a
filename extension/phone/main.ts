import './zod-without-eval.ts';
import { version } from '../../manifest.json';
import { openCapture } from '../media/open-capture.ts';
import { deviceLists } from '../media/device-lists.ts';
import { Playback } from '../media/playback.ts';
import { findChosenDevice } from '../media/pick-device.ts';
import { Ringer } from '../media/ringer.ts';
import { watchDevices } from '../media/watch-devices.ts';
import { watchPermissions } from '../media/watch-permissions.ts';
import { askBackground } from '../ipc/ask-background.ts';
import { publishDetails } from '../ipc/publish-details.ts';
import type { DeviceRole } from '../ipc/snapshot.ts';
import { publishSnapshots } from '../ipc/publishing.ts';
import { serve } from '../ipc/serve.ts';
import { deviceName } from '../host/device-name.ts';
import { KeyValueStore } from '../host/key-value-store.ts';
import { onNetworkChange } from '../host/network-change.ts';
import { runtime } from '../host/runtime.ts';
import { SharedStreams } from '../streams/shared-streams.ts';
import { updateBackground } from './background-updates.ts';
import { CallSounds } from './calls/call-sounds.ts';
import { Calls } from './calls/calls.ts';
import { createCommands } from './commands.ts';
import { createMarkContact } from './people/contact-marks.ts';
import { followContacts } from './people/follow-contacts.ts';
import { followPeople, NO_PEOPLE } from './people/follow-people.ts';
import { Idleness } from './presence/idleness.ts';
import { followHistory, NO_HISTORY } from './history/follow-history.ts';
import { createHistoryCommands } from './history/history-commands.ts';
import { keepEqual } from './keep-equal.ts';
import { LogRing } from './log-ring.ts';
import { Messages } from './chat/messages.ts';
import { createPeopleCommands } from './people/people-commands.ts';
import { Namesakes } from './people/namesakes.ts';
import { OwnPrivacy } from './people/own-privacy.ts';
import { Portraits } from './people/portraits.ts';
import { createReport } from './report.ts';
import { SelfTests } from './self-test/self-tests.ts';
import { createAsk } from './connection/ask.ts';
import { Session } from './connection/session.ts';
import { SnapshotStore } from './snapshot-store.ts';
import { Stage } from './calls/links/stage.ts';
import { changeSettings, DEFAULT_SETTINGS, loadSettings, saveSettings } from './settings/stored-settings.ts';
import { SignInStore } from './connection/stored-sign-in.ts';
import { watchWaking } from './wake-watch.ts';
import { warmUpConnections } from './calls/warm-up.ts';

// The phone: everything of this extension that must outlive its pages and its sleeping worker, put
// together here. What the parts tell each other goes through this file; they do not know each other.

const LOG_LINES = 300;
/**
 * Milliseconds in which the views are not redrawn: on one network the invite is out, or the
 * connection up, within them. Drawing first would keep the thread from it for longer than they last.
 */
const QUIET = { dialing: 40, connecting: 120 } as const;
/** Milliseconds after the start, when the views have what they need. */
const WARM_UP_AFTER = 1_500;

const { log, lines } = new LogRing(LOG_LINES, () => Date.now());
const database = new KeyValueStore('phone');
const store = new SnapshotStore({
  session: { kind: 'starting' },
  contacts: [],
  people: NO_PEOPLE,
  incoming: [],
  waitingCalls: 0,
  call: null,
  history: NO_HISTORY,
  elsewhere: null,
  privacy: null,
  settings: DEFAULT_SETTINGS,
  permissions: { microphone: 'prompt', camera: 'prompt' },
  devices: deviceLists([]),
  conversations: [],
  unread: [],
  namesakes: [],
  wantedConversation: null,
});

const failed = (what: string) => (): void => {
  log(what);
};

const playback = new Playback();
const privacy = new OwnPrivacy(store);
const namesakes = new Namesakes(store);
const ringer = new Ringer();
const sounds = new CallSounds(ringer);
const streams = new SharedStreams();

const calls: Calls = new Calls({
  openCapture: (source, signal) => openCapture(source, signal, chosenDevice(source)),
  machine: () => ({ lists: store.current.devices, choices: store.current.settings.devices }),
  onDeviceLost: () => {
    void lookForDevices();
  },
  sounds,
  stage: new Stage(playback, streams),
  settings: () => store.current.settings,
  relayOnly: () => privacy.relayOnly,
  signaling: () => session.signaling,
  onChange: ({ call, incoming, waiting }) => {
    store.update({
      call: keepEqual(store.current.call, call),
      incoming: keepEqual(store.current.incoming, incoming),
      waitingCalls: waiting,
    });
  },
  onDetails: publishDetails(runtime),
  onUrgent: (kind) => {
    store.quiet(QUIET[kind]);
  },
  log,
});

/** Null: nothing is chosen, or it is not there. */
const chosenDevice = (role: DeviceRole): string | null => {
  const { devices, settings } = store.current;
  return findChosenDevice(settings.devices[role], devices[role])?.deviceId ?? null;
};
/** Devices came or went, or another was chosen. */
const followDevices = (): void => {
  const speaker = chosenDevice('speaker') ?? '';
  playback.useDevice(speaker);
  ringer.useDevices({ speaker, ringer: chosenDevice('ringer') ?? '' });
  calls.followDevices();
};

const idleness = new Idleness(() => askBackground('query-idle', {}));
const messages: Messages = new Messages({
  signaling: () => session.signaling,
  database,
  store,
  log,
});

const session: Session = new Session({
  instanceId: crypto.randomUUID(),
  deviceName: deviceName('userAgentData' in navigator ? navigator.userAgentData : undefined),
  store: new SignInStore(database),
  heldCall: () => calls.heldCall,
  untoldEnd: () => calls.untoldEnd,
  idle: () => idleness.tellInHandshake(),
  onChange: (view) => {
    store.update(
      view.kind === 'signed-in'
        ? { session: view }
        : {
            session: view,
            contacts: [],
            people: NO_PEOPLE,
            history: NO_HISTORY,
            elsewhere: null,
            privacy: null,
          },
    );
    // Who signs out leaves nothing here; who was signed out may come back to what they wrote.
    if (view.kind === 'signed-out') messages.stop({ forget: view.problem === null });
  },
  visitProvider: (url) => askBackground('visit-provider', { url }),
  onSignaling: (signaling) => {
    followContacts(signaling, store);
    followHistory(signaling, store);
    followPeople(signaling, store);
    privacy.attach(signaling);
    calls.attach(signaling);
    selfTests.attach(signaling);
    idleness.attach(signaling);
    messages.attach(signaling);
    signaling.on('session:ready', ({ elsewhere }) => {
      store.update({ elsewhere });
    });
    signaling.on('call:elsewhere', ({ call }) => {
      store.update({ elsewhere: call });
    });
    signaling.on('device:added', (device) => {
      askBackground('announce-device', device).catch(failed('background-silent'));
    });
  },
  onStopped: () => {
    calls.stop();
  },
  log,
});

const ask = createAsk(() => session.signaling);

const selfTests: SelfTests = new SelfTests(
  () => session.signaling,
  () => privacy.relayOnly,
);
const portraits = new Portraits(() => session.client);

const applySettings = async (change: Parameters<typeof changeSettings>[1]): Promise<void> => {
  const settings = changeSettings(store.current.settings, change);
  store.update({ settings });
  sounds.adjust(calls.phone, settings);
  followDevices();
  await saveSettings(database, settings);
};

publishSnapshots(runtime, store);
serve(
  'phone',
  createCommands({
    session,
    ask,
    calls,
    privacy,
    idleness,
    messages,
    historyCommands: createHistoryCommands(ask, namesakes),
    portraits,
    ringer,
    streams,
    snapshot: () => store.current,
    people: createPeopleCommands({
      ask,
      serverUrl: () => (store.current.session.kind === 'signed-in' ? store.current.session.serverUrl : null),
    }),
    markContact: createMarkContact({ ask, store }),
    changeSettings: applySettings,
    selfTests,
    report: () =>
      createReport({ version, userAgent: navigator.userAgent, snapshot: store.current, log: lines }),
  }),
  (name, error) => {
    log('command-failed', { name, error: error instanceof Error ? error.name : 'unknown' });
  },
);
updateBackground(store, (snapshot) => {
  askBackground('show', snapshot).catch(() => {
    log('background-silent');
  });
});

watchWaking(() => {
  session.reopenConnection();
});
const forever = new AbortController().signal;
const lookForDevices = watchDevices((devices) => {
  store.update({ devices });
  followDevices();
}, forever);
onNetworkChange(() => {
  log('network-changed');
  // First, so that what the calls have to say finds a connection.
  session.reconnect();
  calls.networkChanged();
}, forever);
watchPermissions((permissions) => {
  store.update({ permissions });
  // First: with a permission comes word of the devices, of which the right one is to be opened.
  void lookForDevices().then(() => {
    calls.retryCapture(permissions);
  });
}, forever).catch(failed('permissions-unknown'));
loadSettings(database)
  .then((settings) => {
    store.update({ settings });
    followDevices();
  })
  .catch(failed('settings-unreadable'));
// Without a readable store nobody can be signed in here, which is what a page then shows.
session.start().catch(() => {
  log('sign-in-unreadable');
  store.update({ session: { kind: 'signed-out', serverUrl: null, username: null, problem: null } });
});
setTimeout(() => {
  warmUpConnections().catch(failed('warm-up-failed'));
}, WARM_UP_AFTER);
