import { CaptureError } from '../../media/capture-error.ts';
import { openCapture, type CaptureSource } from '../../media/open-capture.ts';
import { pictureFromDevice } from '../../media/picture-from-device.ts';
import { soundFromDevice } from '../../media/sound-from-device.ts';
import { toneThroughDevice } from '../../media/tone-through-device.ts';
import type { Ask } from '../../ipc/asking.ts';
import type { CommandResult, PhoneProtocol } from '../../ipc/protocol.ts';
import type { DeviceRole, Session } from '../../ipc/snapshot.ts';
import { notificationsAllowed, SELF_TEST_NOTIFICATION, showNotification } from '../../host/notifications.ts';
import { captureText } from '../../ui/call/capture-text.ts';
import { t, type PlainKey } from '../../ui/i18n/messages.ts';
import { problemText } from '../../ui/i18n/problem-text.ts';
import type { Cause, Check, CheckName, Verdict } from './check.ts';
import { iceVerdict } from './ice-verdict.ts';

const GOOD: Verdict = { kind: 'good' };

const cause = (code: string, key: PlainKey): Cause => ({ code, text: t(key) });
const wrong = (code: string, key: PlainKey): Verdict => ({ kind: 'wrong', ...cause(code, key) });

const verdictOf = (result: CommandResult): Verdict =>
  result.ok ? GOOD : { kind: 'wrong', code: result.code, text: problemText(result.code) };

/** Opens a device, inspects its track, and closes it. */
const withTrack = async (
  source: CaptureSource,
  deviceId: string | null,
  look: (track: MediaStreamTrack) => Promise<Verdict>,
): Promise<Verdict> => {
  let track: MediaStreamTrack;
  try {
    track = await openCapture(source, undefined, deviceId);
  } catch (error) {
    const problem = error instanceof CaptureError ? error.problem : 'failed';
    const said = captureText(source, problem);
    const text = problem === 'permission-denied' ? `${said} ${t('unblockHelp')}` : said;
    return { kind: 'wrong', code: problem, text };
  }
  try {
    return await look(track);
  } finally {
    track.stop();
  }
};

/** For recording the speaker's sound: everything that would remove it is off. */
const openRawMicrophone = async (deviceId: string | null): Promise<MediaStreamTrack | null> => {
  try {
    const raw = {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      ...(deviceId !== null && { deviceId: { exact: deviceId } }),
    };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: raw });
    return stream.getAudioTracks()[0] ?? null;
  } catch {
    return null;
  }
};

/**
 * Every check of the page "Would I ring?". The page itself opens devices, because the browser can ask for
 * permission here.
 */
export const createChecks = ({
  askPhone,
  session,
  chosenDevice,
}: {
  askPhone: Ask<PhoneProtocol>;
  /** The current session; null until the phone has sent it. */
  session: () => Session | null;
  /** The id of the chosen device, if it is plugged in; null: the system's default is used. */
  chosenDevice: (role: DeviceRole) => string | null;
}): Record<CheckName, Check> => ({
  phone: async () => {
    const { session: told } = await askPhone('background-snapshot', {});
    return told.kind === 'starting' ? wrong('starting', 'fixPhone') : GOOD;
  },
  server: async () => {
    const now = session();
    const serverUrl = now && now.kind !== 'starting' ? now.serverUrl : null;
    if (serverUrl === null) return wrong('no-server', 'fixNoServer');
    // A signed-in person has already accepted the address.
    return verdictOf(await askPhone('check-server', { serverUrl, insecureConfirmed: true }));
  },
  account: () => {
    const now = session();
    if (now?.kind !== 'signed-in') return Promise.resolve(wrong('signed-out', 'fixSignedOut'));
    const { connection } = now;
    if (connection.kind === 'online') return Promise.resolve(GOOD);
    const code = connection.kind === 'offline' ? connection.problem : 'server-unreachable';
    return Promise.resolve({ kind: 'wrong', code, text: problemText(code) });
  },
  'test-call': async () => verdictOf(await askPhone('test-call', {})),
  'ice-servers': async () => {
    const result = await askPhone('test-ice-servers', {});
    if (!result.ok) return verdictOf(result);
    return iceVerdict(result.reach);
  },
  microphone: () =>
    withTrack('microphone', chosenDevice('microphone'), async (track) =>
      (await soundFromDevice(track)) ? GOOD : wrong('silent', 'fixSilentMicrophone'),
    ),
  camera: () =>
    withTrack('camera', chosenDevice('camera'), async (track) => {
      const picture = await pictureFromDevice(track);
      if (picture === 'picture') return GOOD;
      return picture === 'dark'
        ? wrong('dark', 'fixDarkCamera')
        : { kind: 'wrong', code: 'failed', text: captureText('camera', 'failed') };
    }),
  speaker: async () => {
    const microphone = await openRawMicrophone(chosenDevice('microphone'));
    const heard = await toneThroughDevice(microphone, chosenDevice('speaker') ?? '').finally(() =>
      microphone?.stop(),
    );
    if (heard) return GOOD;
    return { kind: 'asks', question: t('askHeardTone'), ifNo: cause('not-heard', 'fixSpeaker') };
  },
  notifications: async () =>
    (await notificationsAllowed()) ? GOOD : wrong('not-allowed', 'fixNotifications'),
  'notification-buttons': async () => {
    await showNotification(SELF_TEST_NOTIFICATION, {
      title: t('selfTestNotification'),
      message: t('selfTestNotificationText'),
      buttons: [t('answerYes')],
    });
    return {
      kind: 'asks',
      question: t('askSawNotification'),
      ifNo: cause('not-seen', 'fixNotificationHidden'),
    };
  },
});
