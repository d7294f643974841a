import type { DeviceNotice } from '../../ipc/snapshot.ts';
import { t } from '../i18n/messages.ts';

const LOST = { microphone: 'microphoneLost', camera: 'cameraLost', speaker: 'speakerLost' } as const;
const BACK = { microphone: 'microphoneBack', camera: 'cameraBack', speaker: 'speakerBack' } as const;

/** What happened to a device during a call, in words. */
export const deviceText = (notice: DeviceNotice): string => {
  const { role, device } = notice;
  switch (notice.kind) {
    case 'lost': {
      const lost = t(LOST[role], device);
      return notice.using === null ? lost : `${lost} ${t('deviceInstead', notice.using)}`;
    }
    case 'back':
      return t(BACK[role], device);
    case 'refused':
      return t('deviceRefused', device);
  }
};
