import { describe, expect, it } from 'vitest';
import type { Device } from '../../../../protocol/devices/device.ts';
import { DeviceList } from './device-list.svelte.ts';

const device = (n: number, current = false): Device => ({
  deviceId: `1000000${String(n)}-0000-4000-8000-000000000000`,
  name: null,
  signedInAt: 1,
  usedAt: 2,
  current,
  connected: current,
});

const setUp = () => {
  let devices = [device(1, true), device(2), device(3)];
  const state = { answers: true };
  const list = new DeviceList(
    // The list sends no other request.
    (() => Promise.resolve(state.answers ? { ok: true, devices } : { ok: false })) as never,
    {
      run(name, payload) {
        if (state.answers) {
          const gone = 'deviceId' in payload ? payload.deviceId : null;
          devices = devices.filter(
            ({ deviceId, current }) => current || (gone !== null && deviceId !== gone),
          );
        }
        return Promise.resolve(state.answers && name.startsWith('sign-out-'));
      },
    },
  );
  const shown = () => list.devices?.map(({ deviceId }) => deviceId[7]).join('');
  return { list, state, shown };
};

describe('DeviceList', () => {
  it('shows the signed-in devices, also after some were signed out', async () => {
    const { list, shown } = setUp();
    expect(list.devices).toBeNull();
    await list.load();
    expect(shown()).toBe('123');
    await list.signOut(device(2).deviceId);
    expect(shown()).toBe('13');
    expect(list.hasOthers).toBe(true);
    await list.signOutOthers();
    expect(shown()).toBe('1');
    expect(list.hasOthers).toBe(false);
  });

  it('keeps the old list when nobody answers, and says so', async () => {
    const { list, state, shown } = setUp();
    await list.load();
    state.answers = false;
    await list.load();
    expect(list.failed).toBe(true);
    await list.signOut(device(2).deviceId);
    expect(shown()).toBe('123');
  });
});
