import type { NewDevice } from '../../../protocol/devices/device.ts';
import type { Notification } from '../notifications.ts';

/** Tells these from the notifications of calls, whose id is the call's. */
const PREFIX = 'device:';

interface Options {
  showNotification(id: string, notification: Notification): Promise<void>;
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
    options.showNotification(PREFIX + deviceId, {
      title: options.message('notificationNewDevice', name ?? options.message('deviceUnnamed')),
      message: options.message('notificationNewDeviceHelp'),
      buttons: [],
      quiet: true,
    }),
  async press(id) {
    await Promise.all([options.clearNotification(id), options.openDevices()]);
  },
});
