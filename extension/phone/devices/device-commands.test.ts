import { describe, expect, it } from 'vitest';
import { createAsk } from '../connection/ask.ts';
import { createDeviceCommands } from './device-commands.ts';

const device = {
  deviceId: '10000000-0000-4000-8000-000000000000',
  name: 'Chromium on Linux',
  signedInAt: 1,
  usedAt: 2,
  current: true,
  connected: true,
};

const setUp = (answer: object) => {
  const asked: unknown[] = [];
  const request = (event: string, payload: unknown) => {
    asked.push([event, payload]);
    return Promise.resolve(answer);
  };
  // Answers every request alike, as no real connection would.
  const commands = createDeviceCommands(createAsk(() => ({ request: request as never })));
  return { commands, asked };
};

describe('device commands', () => {
  it('list the devices', async () => {
    const { commands, asked } = setUp({ ok: true, devices: [device] });
    expect(await commands['list-devices']({})).toEqual({ ok: true, devices: [device] });
    expect(asked).toEqual([['device:list', {}]]);
  });

  it('sign out one, or all others', async () => {
    const { commands, asked } = setUp({ ok: true });
    const { deviceId } = device;
    expect(await commands['sign-out-device']({ deviceId })).toEqual({ ok: true });
    expect(await commands['sign-out-other-devices']({})).toEqual({ ok: true });
    expect(asked).toEqual([
      ['device:sign-out', { deviceId }],
      ['device:sign-out-others', {}],
    ]);
  });

  it('tell why not', async () => {
    const { commands } = setUp({ ok: false, code: 'unavailable' });
    const away = createDeviceCommands(createAsk(() => null));
    for (const [one, code] of [
      [commands, 'unavailable'],
      [away, 'signed-out'],
    ] as const) {
      expect(await one['list-devices']({})).toEqual({ ok: false, code });
      expect(await one['sign-out-device'](device)).toEqual({ ok: false, code });
      expect(await one['sign-out-other-devices']({})).toEqual({ ok: false, code });
    }
  });
});
