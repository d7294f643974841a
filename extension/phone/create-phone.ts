import type { InstanceId } from '../../protocol/ids.ts';
import type { KeyValueStore } from '../host/key-value-store.ts';
import type { askBackground } from '../ipc/ask-background.ts';
import type { CallDetails } from '../ipc/call-details.ts';
import type { PhoneProtocol } from '../ipc/protocol.ts';
import type { Handlers } from '../ipc/router.ts';
import { AT_START, OF_NOBODY } from '../ipc/slices.ts';
import type { DeviceLists, DeviceRole, Permissions, Settings } from '../ipc/snapshot.ts';
import type { openCapture } from '../media/open-capture.ts';
import { findChosenDevice } from '../media/pick-device.ts';
import type { Playback } from '../media/playback.ts';
import type { Ringer } from '../media/ringer.ts';
import type { SharedStreams } from '../streams/shared-streams.ts';
import { updateBackground } from './background-updates.ts';
import { CallSounds } from './calls/call-sounds.ts';
import { Calls } from './calls/calls.ts';
import { followCalls } from './calls/follow-calls.ts';
import { Stage } from './calls/links/stage.ts';
import { isTalking } from './calls/machine/phone.ts';
import type { Hearing } from './calls/sources/microphone-hints.ts';
import { Messages } from './chat/messages.ts';
import { createCommands } from './commands.ts';
import { followServerTime } from './connection/follow-server-time.ts';
import { createAsk } from './connection/ask.ts';
import { Session } from './connection/session.ts';
import { SignInStore } from './connection/stored-sign-in.ts';
import { followHistory } from './history/follow-history.ts';
import { createHistoryCommands } from './history/history-commands.ts';
import { LogRing } from './log-ring.ts';
import { createMarkContact } from './people/contact-marks.ts';
import { followContacts } from './people/follow-contacts.ts';
import { followPeople } from './people/follow-people.ts';
import { Namesakes } from './people/namesakes.ts';
import { OwnPrivacy } from './people/own-privacy.ts';
import { createPeopleCommands } from './people/people-commands.ts';
import { Portraits } from './people/portraits.ts';
import { Idleness } from './presence/idleness.ts';
import { createReport } from './report.ts';
import { SelfTests } from './self-test/self-tests.ts';
import { changeSettings, loadSettings, saveSettings } from './settings/stored-settings.ts';
import { SnapshotStore } from './snapshot-store.ts';

/** What the browser gives a phone; tests give what they need. */
export interface PhoneDeps {
  instanceId: InstanceId;
  /** Of the extension, and of the browser: for the report. */
  version: string;
  userAgent: string;
  /** What this browser calls itself in the list of sign-ins; null: it does not say. */
  deviceName: string | null;
  /** Outlives the browser. */
  database: Pick<KeyValueStore, 'get' | 'set' | 'delete'>;
  askBackground: typeof askBackground;
  /** Tells the views how the connection of the current call does. */
  publishDetails: (details: CallDetails) => void;
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  openCapture: typeof openCapture;
  hearing: Hearing;
  /** How many frames a camera's track has had; null: that cannot be told. */
  framesOf: (track: MediaStreamTrack) => number | null;
  playback: Pick<Playback, 'play' | 'stop' | 'useDevice'>;
  ringer: Pick<Ringer, 'ring' | 'ringBack' | 'sound' | 'stop' | 'useDevices'>;
  streams: Pick<SharedStreams, 'show' | 'loopbackOffer' | 'loopbackAnswer'>;
  /** Each tells what is there now and what changes, until `signal` aborts. */
  watchDevices: (listener: (lists: DeviceLists) => void, signal: AbortSignal) => () => Promise<void>;
  watchPermissions: (listener: (permissions: Permissions) => void, signal: AbortSignal) => Promise<void>;
  onNetworkChange: (listener: () => void, signal: AbortSignal) => void;
  onWake: (listener: () => void, signal: AbortSignal) => void;
}

/** Everything of this extension that must outlive its pages and its sleeping worker. */
export interface PhoneApp {
  /** What views show. */
  readonly snapshots: SnapshotStore;
  /** What views and the worker ask. */
  readonly commands: Handlers<PhoneProtocol>;
  /** A command threw. */
  onCommandFailed: (name: string, error: unknown) => void;
  /** Notes what went wrong beside the phone, in the report. */
  note: (what: string) => void;
  /** Reads what was kept, and signs in where somebody was. Until `signal` aborts it follows the machine. */
  start(signal: AbortSignal): void;
}

const LOG_LINES = 300;

/**
 * Puts the phone together. Its parts do not know each other: what they exchange goes through here. Devices, sound,
 * streams and the worker come in through `deps`.
 */
export const createPhone = (deps: PhoneDeps): PhoneApp => {
  const { database, playback, ringer, streams, askBackground } = deps;
  const { log, lines } = new LogRing(LOG_LINES, () => Date.now());
  const store = new SnapshotStore(AT_START);

  const failed = (what: string) => (): void => {
    log(what);
  };

  const privacy = new OwnPrivacy(store);
  const namesakes = new Namesakes(store);
  const sounds = new CallSounds(ringer);

  /** Null: nothing is chosen, or it is not there. */
  const chosenDevice = (role: DeviceRole): string | null => {
    const { devices, settings } = store.current;
    return findChosenDevice(settings.devices[role], devices[role])?.deviceId ?? null;
  };
  let lookForDevices = (): Promise<void> => Promise.resolve();

  const calls: Calls = new Calls({
    link: {
      createConnection: deps.createConnection,
      openCapture: (source, signal) => deps.openCapture(source, signal, chosenDevice(source)),
      hearing: deps.hearing,
      framesOf: deps.framesOf,
      machine: () => ({ lists: store.current.devices, choices: store.current.settings.devices }),
      relayOnly: () => privacy.relayOnly,
    },
    signaling: () => session.signaling,
    log,
  });
  const stage = new Stage(playback, streams);
  followCalls(calls, { store, sounds, stage, publishDetails: deps.publishDetails, log });
  calls.links.on('deviceLost', () => void lookForDevices());

  /** Devices came or went, or another was chosen. */
  const followDevices = (): void => {
    const speaker = chosenDevice('speaker') ?? '';
    playback.useDevice(speaker);
    ringer.useDevices({ speaker, ringer: chosenDevice('ringer') ?? '' });
    calls.followDevices();
  };

  const idleness = new Idleness(
    () => askBackground('query-idle', {}),
    (idle) => {
      store.update({ idle });
    },
  );
  const ask = createAsk(() => session.signaling);
  const messages: Messages = new Messages({
    signaling: () => session.signaling,
    ask,
    database,
    store,
    onAnnounced: () => {
      const { settings } = store.current;
      // As with calls: nothing sounds into somebody's call.
      if (settings.messageSound && !isTalking(calls.phone)) ringer.sound('message', settings);
    },
    log,
  });

  const session: Session = new Session({
    instanceId: deps.instanceId,
    deviceName: deps.deviceName,
    store: new SignInStore(database),
    heldCall: () => calls.heldCall,
    untoldEnd: () => calls.untoldEnd,
    idle: () => idleness.tellInHandshake(),
    onChange: (view) => {
      store.update({ session: view, ...(view.kind !== 'signed-in' && OF_NOBODY) });
      // Signing out leaves nothing here; a person whose session was ended may come back to what they wrote.
      if (view.kind === 'signed-out') messages.stop({ forget: view.problem === null });
    },
    visitProvider: (url) => askBackground('visit-provider', { url }),
    onSignaling: (signaling) => {
      followServerTime(signaling, store);
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

  const selfTests: SelfTests = new SelfTests(
    () => session.signaling,
    () => privacy.relayOnly,
  );

  const applySettings = async (change: Partial<Settings>): Promise<void> => {
    const settings = changeSettings(store.current.settings, change);
    store.update({ settings });
    sounds.adjust(calls.phone, settings);
    followDevices();
    await saveSettings(database, settings);
  };

  updateBackground(store, (snapshot) => {
    askBackground('show', snapshot).catch(failed('background-silent'));
  });

  return {
    snapshots: store,
    commands: createCommands({
      session,
      ask,
      calls,
      privacy,
      idleness,
      messages,
      historyCommands: createHistoryCommands(ask, namesakes),
      portraits: new Portraits(() => session.client),
      ringer,
      streams,
      snapshot: () => store.current,
      people: createPeopleCommands({
        ask,
        serverUrl: () =>
          store.current.session.kind === 'signed-in' ? store.current.session.serverUrl : null,
      }),
      markContact: createMarkContact({ ask, store }),
      changeSettings: applySettings,
      selfTests,
      report: () =>
        createReport({
          version: deps.version,
          userAgent: deps.userAgent,
          snapshot: store.current,
          log: lines,
        }),
    }),
    onCommandFailed: (name, error) => {
      log('command-failed', { name, error: error instanceof Error ? error.name : 'unknown' });
    },
    note: log,
    start(signal) {
      deps.onWake(() => {
        session.reopenConnection();
      }, signal);
      lookForDevices = deps.watchDevices((devices) => {
        store.update({ devices });
        followDevices();
      }, signal);
      deps.onNetworkChange(() => {
        log('network-changed');
        // First, so that the calls find a connection for their signals.
        session.networkChanged();
        calls.networkChanged();
      }, signal);
      deps
        .watchPermissions((permissions) => {
          store.update({ permissions });
          // First: a permission reveals the devices, of which the chosen one is to be opened.
          void lookForDevices().then(() => {
            calls.retryCapture(permissions);
          });
        }, signal)
        .catch(failed('permissions-unknown'));
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
    },
  };
};
