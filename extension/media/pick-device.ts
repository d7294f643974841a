import type { DeviceList, MachineDevice } from '../ipc/snapshot.ts';

/** The chosen device, if it is there; by its label where its id has changed. */
export const findChosenDevice = (
  choice: MachineDevice | null,
  { devices }: DeviceList,
): MachineDevice | null => {
  if (!choice) return null;
  return (
    devices.find(({ deviceId }) => deviceId === choice.deviceId) ??
    devices.find(({ label }) => label !== '' && label === choice.label) ??
    null
  );
};

/** What is to be used: the chosen device, or while that is away the system's default. */
export const pickDevice = (choice: MachineDevice | null, list: DeviceList): MachineDevice | null =>
  findChosenDevice(choice, list) ?? list.systemDefault;
