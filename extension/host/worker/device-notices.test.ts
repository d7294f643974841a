import { describe, expect, it } from 'vitest';
import { createDeviceNotices, isDeviceNotice } from './device-notices.ts';

const setUp = () => {
  const shown = new Map<string, string>();
  const opened: string[] = [];
  const notices = createDeviceNotices({
    showNotification(id, { title, message, quiet, buttons }) {
      expect([quiet, buttons]).toEqual([true, []]);
      shown.set(id, `${title}: ${message}`);
      return Promise.resolve();
    },
    clearNotification(id) {
      shown.delete(id);
      return Promise.resolve();
    },
    openDevices() {
      opened.push('devices');
      return Promise.resolve();
    },
    message: (key, substitution) => [key, substitution].filter(Boolean).join(' '),
  });
  return { notices, shown, opened };
};

const deviceId = '10000000-0000-4000-8000-000000000000';

describe('device notices', () => {
  it('say which device signed in, and show the devices when pressed', async () => {
    const { notices, shown, opened } = setUp();
    await notices.announce({ deviceId, name: 'Edge on Windows', signedInAt: 1 });
    expect([...shown]).toEqual([
      [`device:${deviceId}`, 'notificationNewDevice Edge on Windows: notificationNewDeviceHelp'],
    ]);
    const [id = ''] = shown.keys();
    expect(isDeviceNotice(id)).toBe(true);
    await notices.press(id);
    expect(shown.size).toBe(0);
    expect(opened).toEqual(['devices']);
  });

  it('name one that has no name', async () => {
    const { notices, shown } = setUp();
    await notices.announce({ deviceId, name: null, signedInAt: 1 });
    expect([...shown.values()][0]).toContain('notificationNewDevice deviceUnnamed');
  });

  it('are not those of calls', () => {
    expect(isDeviceNotice(deviceId)).toBe(false);
  });
});
