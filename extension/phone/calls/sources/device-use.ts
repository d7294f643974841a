import type { DeviceList, MachineDevice } from '../../../ipc/snapshot.ts';

/** Which device a call uses for one role, and which one it would use were it there. */
export interface DeviceUse {
  /** Null while nothing is used, or the browser does not tell what. */
  readonly using: MachineDevice | null;
  /** The one that went away while it was used. */
  readonly lost: MachineDevice | null;
}

export const UNUSED: DeviceUse = { using: null, lost: null };

/** What follows from devices that came or went, or from another choice. */
interface NextUse {
  use: DeviceUse;
  /** Another device is to be opened. */
  switches: boolean;
  notice: { kind: 'lost'; device: string; using: string | null } | { kind: 'back'; device: string } | null;
}

const isThere = (device: MachineDevice, { devices, systemDefault }: DeviceList): boolean =>
  [...devices, systemDefault].some((each) => each?.deviceId === device.deviceId);

/**
 * Follows the device that `wanted` names now. A person who chose another one needs no notice; one whose device went
 * away, or came back, does.
 */
export const nextUse = (use: DeviceUse, wanted: MachineDevice | null, list: DeviceList): NextUse => {
  const { using, lost } = use;
  // Without permission the list is empty: that does not mean that a device was unplugged.
  if (list.hidden) return { use, switches: false, notice: null };
  if (!using) {
    const back = lost !== null && wanted !== null;
    return {
      use: { using: wanted, lost: back ? null : lost },
      switches: false,
      notice: back ? { kind: 'back', device: wanted.label } : null,
    };
  }
  if (wanted?.deviceId === using.deviceId) return { use, switches: false, notice: null };
  if (!isThere(using, list)) {
    // It comes back to the device that was lost first.
    return {
      use: { using: wanted, lost: lost ?? using },
      switches: true,
      notice: { kind: 'lost', device: using.label, using: wanted?.label ?? null },
    };
  }
  const back = lost !== null && wanted?.deviceId === lost.deviceId;
  return {
    use: { using: wanted, lost: null },
    switches: true,
    notice: back ? { kind: 'back', device: lost.label } : null,
  };
};
