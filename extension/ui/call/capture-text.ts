import type { CaptureSource } from '../../media/open-capture.ts';
import type { CaptureProblem } from '../../ipc/snapshot.ts';
import { t, type PlainKey } from '../i18n/messages.ts';

const CAPTURE_KEYS = {
  microphone: {
    'permission-needed': 'microphonePermissionNeeded',
    'permission-denied': 'microphonePermissionDenied',
    'not-found': 'microphoneNotFound',
    'in-use': 'microphoneInUse',
    failed: 'microphoneFailed',
    'no-picture': 'microphoneFailed',
  },
  camera: {
    'permission-needed': 'cameraPermissionNeeded',
    'permission-denied': 'cameraPermissionDenied',
    'not-found': 'cameraNotFound',
    'in-use': 'cameraInUse',
    failed: 'cameraFailed',
    'no-picture': 'cameraGivesNoPicture',
  },
} as const satisfies Record<CaptureSource, Record<CaptureProblem, PlainKey>>;

/** Why a microphone or a camera delivers nothing, in words. */
export const captureText = (source: CaptureSource, problem: CaptureProblem): string =>
  t(CAPTURE_KEYS[source][problem]);
