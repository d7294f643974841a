import { describe, expect, it } from 'vitest';
import type { DeviceList, MachineDevice } from '../../../ipc/snapshot.ts';
import { nextUse, UNUSED } from './device-use.ts';

const builtIn = { deviceId: '1', label: 'Built-in' };
const headset = { deviceId: '2', label: 'Headset' };
const list = (...devices: MachineDevice[]): DeviceList => ({
  hidden: false,
  devices,
  systemDefault: devices[0] ?? null,
});
const both = list(builtIn, headset);
const usesHeadset = { using: headset, lost: null };

describe('the device that a call uses', () => {
  it('is taken without a notice at first, and when the person chooses another', () => {
    expect(nextUse(UNUSED, headset, both)).toEqual({ use: usesHeadset, switches: false, notice: null });
    expect(nextUse(usesHeadset, builtIn, both)).toEqual({
      use: { using: builtIn, lost: null },
      switches: true,
      notice: null,
    });
  });

  it('stays while it is wanted', () => {
    expect(nextUse(usesHeadset, headset, both)).toEqual({ use: usesHeadset, switches: false, notice: null });
  });

  it('is said to be gone, and to be back', () => {
    const gone = nextUse(usesHeadset, builtIn, list(builtIn));
    expect(gone).toEqual({
      use: { using: builtIn, lost: headset },
      switches: true,
      notice: { kind: 'lost', device: 'Headset', using: 'Built-in' },
    });
    expect(nextUse(gone.use, headset, both)).toEqual({
      use: usesHeadset,
      switches: true,
      notice: { kind: 'back', device: 'Headset' },
    });
  });

  it('may go away without another to take its place', () => {
    const gone = nextUse(usesHeadset, null, list());
    expect(gone.notice).toEqual({ kind: 'lost', device: 'Headset', using: null });
    const stillGone = nextUse(gone.use, null, list());
    expect(stillGone.notice).toBeNull();
    expect(nextUse(stillGone.use, headset, both)).toEqual({
      use: usesHeadset,
      switches: false,
      notice: { kind: 'back', device: 'Headset' },
    });
  });

  it('comes back to the first that was lost, however many go', () => {
    const dock = { deviceId: '3', label: 'Dock' };
    const once = nextUse(usesHeadset, dock, list(dock, builtIn));
    const twice = nextUse(once.use, builtIn, list(builtIn));
    expect(twice.use.lost).toEqual(headset);
    expect(twice.notice).toMatchObject({ kind: 'lost', device: 'Dock' });
  });

  it('is no longer waited for when the person chooses another', () => {
    const { use } = nextUse(usesHeadset, builtIn, list(builtIn));
    const dock = { deviceId: '3', label: 'Dock' };
    expect(nextUse(use, dock, list(builtIn, dock)).use).toEqual({ using: dock, lost: null });
  });

  it('is not gone when the browser only stops telling names', () => {
    const hidden = { hidden: true, devices: [], systemDefault: null };
    expect(nextUse(usesHeadset, null, hidden)).toEqual({ use: usesHeadset, switches: false, notice: null });
  });
});
