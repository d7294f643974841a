import type { DeviceList, DeviceLists, MachineDevice } from '../ipc/snapshot.ts';

/** Chromium's own entries, which stand for a device that the system has chosen. */
const STANDS_FOR_ANOTHER: ReadonlySet<string> = new Set(['default', 'communications']);

type Info = Pick<MediaDeviceInfo, 'deviceId' | 'groupId' | 'kind' | 'label'>;

const toDevice = ({ deviceId, label }: Info): MachineDevice => ({ deviceId, label });

/** One list of what the browser enumerates, as {@link DeviceList} says. */
const listOf = (kind: MediaDeviceKind, infos: readonly Info[]): DeviceList => {
  const all = infos.filter((info) => info.kind === kind);
  const named = all.filter(({ deviceId }) => deviceId !== '');
  const real = named.filter(({ deviceId }) => !STANDS_FOR_ANOTHER.has(deviceId));
  const standsIn = named.find(({ deviceId }) => deviceId === 'default');
  const standard = standsIn
    ? (real.find(({ groupId }) => groupId === standsIn.groupId) ?? standsIn)
    : real[0];
  return {
    hidden: all.length > 0 && named.length === 0,
    devices: real.map(toDevice),
    // Which speaker is the default is told by an entry of its own; the first camera is the default by its place.
    systemDefault: standard ? toDevice(standard) : null,
  };
};

/**
 * The devices of this machine by what they are for, as `enumerateDevices` tells them:
 * https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-enumeratedevices
 */
export const deviceLists = (infos: readonly Info[]): DeviceLists => {
  const speaker = listOf('audiooutput', infos);
  return {
    microphone: listOf('audioinput', infos),
    camera: listOf('videoinput', infos),
    speaker,
    ringer: speaker,
  };
};
