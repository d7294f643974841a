import { describe, expect, it } from 'vitest';
import type { DeviceList } from '../ipc/snapshot.ts';
import { findChosenDevice, pickDevice } from './pick-device.ts';

const builtIn = { deviceId: '1', label: 'Built-in' };
const headset = { deviceId: '2', label: 'Headset' };
const list: DeviceList = { hidden: false, devices: [builtIn, headset], systemDefault: builtIn };

describe('pickDevice', () => {
  it('takes the system’s default where nothing is chosen, and while the choice is away', () => {
    expect(pickDevice(null, list)).toBe(builtIn);
    expect(pickDevice({ deviceId: '9', label: 'Other' }, list)).toBe(builtIn);
    expect(findChosenDevice({ deviceId: '9', label: 'Other' }, list)).toBeNull();
  });

  it('knows the choice by its id, whatever it is called now', () => {
    expect(pickDevice({ deviceId: '2', label: 'Renamed' }, list)).toBe(headset);
  });

  it('knows the choice by its label when the id is another', () => {
    expect(pickDevice({ deviceId: 'old', label: 'Headset' }, list)).toBe(headset);
  });

  it('takes no nameless device for another', () => {
    const nameless = { ...list, devices: [{ deviceId: '3', label: '' }] };
    expect(findChosenDevice({ deviceId: 'old', label: '' }, nameless)).toBeNull();
  });
});
