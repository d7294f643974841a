import type { NewDevice } from '../../protocol/device.ts';

/** Tells these from the notifications of calls, whose id is the call's. */
const PREFIX = 'device:';

interface Options {
  showQuietNotification(id: string, notification: { title: string; message: string }): Promise<void>;
  clearNotification(id: string): Promise<void>;
  openDevices(): Promise<void>;
  message(key: string, substitution?: string): string;
}

/** Notifications that somebody signed in on another device; a click shows the devices. */
export interface DeviceNotices {
  announce(device: NewDevice): Promise<void>;
  press(id: string): Promise<void>;
}

/** Whether a notification is one of these. */
export const isDeviceNotice = (id: string): boolean => id.startsWith(PREFIX);

export const createDeviceNotices = (options: Options): DeviceNotices => ({
  announce: ({ deviceId, name }) =>
    options.showQuietNotification(PREFIX + deviceId, {
      title: options.message('notificationNewDevice', name ?? options.message('deviceUnnamed')),
      message: options.message('notificationNewDeviceHelp'),
    }),
  async press(id) {
    await Promise.all([options.clearNotification(id), options.openDevices()]);
  },
});
