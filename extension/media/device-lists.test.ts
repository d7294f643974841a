import { describe, expect, it } from 'vitest';
import { deviceLists } from './device-lists.ts';

const info = (kind: MediaDeviceKind, deviceId: string, label = deviceId, groupId = deviceId) => ({
  kind,
  deviceId,
  label,
  groupId,
});

describe('deviceLists', () => {
  it('lists each device once, without the entries that stand for another', () => {
    const { microphone, camera, speaker, ringer } = deviceLists([
      info('audioinput', 'default', 'Default - Headset', 'g1'),
      info('audioinput', 'communications', 'Communications - Headset', 'g1'),
      info('audioinput', 'built-in', 'Built-in', 'g2'),
      info('audioinput', 'headset', 'Headset', 'g1'),
      info('videoinput', 'webcam', 'Webcam', 'g3'),
      info('audiooutput', 'default', 'Default - Speakers', 'g2'),
      info('audiooutput', 'speakers', 'Speakers', 'g2'),
    ]);
    expect(microphone).toEqual({
      hidden: false,
      devices: [
        { deviceId: 'built-in', label: 'Built-in' },
        { deviceId: 'headset', label: 'Headset' },
      ],
      systemDefault: { deviceId: 'headset', label: 'Headset' },
    });
    expect(camera.systemDefault).toEqual({ deviceId: 'webcam', label: 'Webcam' });
    expect(speaker.systemDefault?.label).toBe('Speakers');
    expect(ringer).toEqual(speaker);
  });

  it('takes the entry itself for the default when it stands for none that is listed', () => {
    const { speaker } = deviceLists([info('audiooutput', 'default', 'Default'), info('audiooutput', 'one')]);
    expect(speaker.systemDefault).toEqual({ deviceId: 'default', label: 'Default' });
    expect(speaker.devices).toHaveLength(1);
  });

  it('tells devices that the browser hides from none at all', () => {
    const hidden = deviceLists([info('audioinput', '', '', '')]);
    expect(hidden.microphone).toEqual({ hidden: true, devices: [], systemDefault: null });
    expect(hidden.camera).toEqual({ hidden: false, devices: [], systemDefault: null });
  });
});
