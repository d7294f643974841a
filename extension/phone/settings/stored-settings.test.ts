import { describe, expect, it } from 'vitest';
import { AT_START } from '../../ipc/slices.ts';
import { changeSettings, loadSettings } from './stored-settings.ts';

const { settings: DEFAULT_SETTINGS } = AT_START;

const load = (stored: unknown) =>
  loadSettings({ get: () => Promise.resolve(stored), set: () => Promise.resolve() });

describe('settings', () => {
  it.each([undefined, null, 'text', [], { ringtoneVolume: 'loud' }])(
    'are the default after %j',
    async (stored) => {
      expect(await load(stored)).toEqual(DEFAULT_SETTINGS);
    },
  );

  it('keep what makes sense of what another version wrote', async () => {
    expect(await load({ ringtoneVolume: 7, ringtoneSilent: true, messageSound: false, unknown: 1 })).toEqual({
      ...DEFAULT_SETTINGS,
      messageSound: false,
      ringtoneSilent: true,
    });
  });

  it('keep each device that was chosen, whatever became of the others', async () => {
    const headset = { deviceId: 'abc', label: 'Headset' };
    const { devices } = await load({ devices: { microphone: headset, camera: 'front', ringer: 7 } });
    expect(devices).toEqual({ microphone: headset, camera: null, speaker: null, ringer: null });
  });

  it('change one by one', () => {
    expect(changeSettings(DEFAULT_SETTINGS, { ringtoneVolume: 0.2 })).toEqual({
      ...DEFAULT_SETTINGS,
      ringtoneVolume: 0.2,
    });
  });
});
