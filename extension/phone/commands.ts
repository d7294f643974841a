import type { Step } from './calls/machine/step.ts';
import type { Ringer } from '../media/ringer.ts';
import type { CommandProblem, CommandResult, PhoneProtocol } from '../ipc/protocol.ts';
import type { Handlers } from '../ipc/router.ts';
import { toBackground, type Snapshot } from '../ipc/slices.ts';
import type { Settings } from '../ipc/snapshot.ts';
import type { SharedStreams } from '../streams/shared-streams.ts';
import { createAccountCommands } from './account/account-commands.ts';
import type { Calls } from './calls/calls.ts';
import { checkServer } from './connection/check-server.ts';
import type { Idleness } from './presence/idleness.ts';
import { createMessageCommands } from './chat/message-commands.ts';
import type { Messages } from './chat/messages.ts';
import type { HistoryCommands } from './history/history-commands.ts';
import type { OwnPrivacy } from './people/own-privacy.ts';
import type { Portraits } from './people/portraits.ts';
import type { SelfTests } from './self-test/self-tests.ts';
import { createDeviceCommands } from './devices/device-commands.ts';
import type { createPeopleCommands } from './people/people-commands.ts';
import type { Ask } from './connection/ask.ts';
import type { Session } from './connection/session.ts';

interface Options {
  session: Session;
  ask: Ask;
  calls: Calls;
  privacy: Pick<OwnPrivacy, 'lacksRelay' | 'choose'>;
  idleness: Pick<Idleness, 'set'>;
  messages: Messages;
  historyCommands: HistoryCommands;
  portraits: Pick<Portraits, 'get'>;
  ringer: Pick<Ringer, 'sound'>;
  streams: Pick<SharedStreams, 'loopbackOffer' | 'loopbackAnswer'>;
  snapshot: () => Snapshot;
  people: ReturnType<typeof createPeopleCommands>;
  markContact: Handlers<PhoneProtocol>['mark-contact'];
  changeSettings: (change: Partial<Settings>) => Promise<void>;
  selfTests: Pick<SelfTests, 'call' | 'iceServers'>;
  report: () => string;
}

const done = { ok: true } as const;
const refused = (code: CommandProblem): { ok: false; code: CommandProblem } => ({ ok: false, code });

/** `stale`: there is no such call any more. `illegal`: a call that is up is in the way. */
const toResult = (outcome: Step['outcome']): CommandResult => {
  switch (outcome) {
    case 'handled':
      return done;
    case 'stale':
      return refused('unknown-call');
    case 'illegal':
      return refused('in-another-call');
  }
};

/** What pages and the service worker can ask of the phone. Nothing here waits for the other side. */
export const createCommands = (options: Options): Handlers<PhoneProtocol> => {
  const {
    session,
    ask,
    calls,
    privacy,
    idleness,
    messages,
    historyCommands,
    portraits,
    ringer,
    streams,
    snapshot,
    markContact,
    changeSettings,
    selfTests,
    report,
  } = options;

  const turn = (source: 'microphone' | 'camera', on: boolean): CommandResult => {
    const link = calls.currentLink;
    if (!link) return refused('unknown-call');
    if (on) link[source].turnOn();
    else link[source].turnOff();
    return done;
  };

  return {
    ...createMessageCommands({ messages, calls, snapshot }),
    ...createDeviceCommands(ask),
    'check-server': checkServer,
    'sign-up': ({ serverUrl, insecureConfirmed, ...account }) =>
      session.signUp({ serverUrl, insecureConfirmed }, account),
    'sign-in': ({ serverUrl, insecureConfirmed, ...account }) =>
      session.signIn({ serverUrl, insecureConfirmed }, account),
    'sign-in-at-provider': ({ inviteCode, ...choice }) => session.signInAtProvider(choice, inviteCode),
    'sign-out': () => session.signOut(),
    ...createAccountCommands(session),
    async portrait({ userId, picture }) {
      const url = await portraits.get(userId, picture);
      return url === null ? refused('not-found') : { ...done, url };
    },
    reconnect: () => session.reconnect(),
    'set-status': (choice) => session.changePresence('presence:set', choice),
    'set-status-text': (choice) => session.changePresence('presence:text', choice),
    'show-last-seen': (choice) => session.changePresence('presence:last-seen', choice),
    'hide-address': (choice) => privacy.choose(ask, choice),
    'set-idle': ({ idle }) => {
      idleness.set(idle);
      return done;
    },
    'mark-contact': markContact,
    ...options.people,

    dial({ userId, media }) {
      const { session: view, contacts } = snapshot();
      if (view.kind !== 'signed-in') return refused('signed-out');
      if (view.connection.kind === 'offline') return refused(view.connection.problem);
      if (privacy.lacksRelay) return refused('relay-needed');
      const contact = contacts.find((entry) => entry.userId === userId);
      if (!contact) return refused('not-found');
      const { username, displayName, picture } = contact;
      const person = { userId, username, displayName, ...(picture !== undefined && { picture }) };
      return toResult(calls.dial(person, media));
    },
    // The call goes on ringing, and can be accepted once the address may be shown.
    accept: ({ callId, media }) =>
      privacy.lacksRelay ? refused('relay-needed') : toResult(calls.accept(callId, media)),
    decline: ({ callId }) => toResult(calls.decline(callId)),
    'continue-here': ({ callId }) => {
      if (privacy.lacksRelay) return refused('relay-needed');
      const { elsewhere } = snapshot();
      return elsewhere?.callId === callId ? toResult(calls.handOver(elsewhere)) : refused('unknown-call');
    },
    'hang-up': () => toResult(calls.hangUp()),
    dismiss: ({ callId }) => toResult(calls.dismiss(callId)),

    'set-microphone': ({ on }) => turn('microphone', on),
    'set-camera': ({ on }) => turn('camera', on),
    'toggle-microphone': () => {
      const kind = calls.currentLink?.microphone.view.kind;
      return turn('microphone', kind !== 'on' && kind !== 'starting');
    },

    ...historyCommands,

    async 'change-settings'(change) {
      await changeSettings(change);
      return done;
    },
    async 'choose-device'({ role, device }) {
      await changeSettings({ devices: { ...snapshot().settings.devices, [role]: device } });
      return done;
    },
    'try-speaker': () => {
      ringer.sound('ended', { ...snapshot().settings, ringtoneVolume: 1 });
      return done;
    },
    'try-ringtone': () => {
      ringer.sound('ringtone', { ...snapshot().settings, ringtoneSilent: false });
      return done;
    },
    'test-call': () => selfTests.call(),
    'test-ice-servers': () => selfTests.iceServers(),
    report: () => ({ ...done, report: report() }),
    'background-snapshot': () => toBackground(snapshot()),

    'loopback-offer': async ({ viewId, stream }) => ({
      ...done,
      sdp: await streams.loopbackOffer(viewId, stream),
    }),
    async 'loopback-answer'({ viewId, stream, sdp }) {
      await streams.loopbackAnswer(viewId, stream, sdp);
      return done;
    },
  };
};
