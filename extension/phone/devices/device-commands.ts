import type { PhoneProtocol } from '../../ipc/protocol.ts';
import type { Handlers } from '../../ipc/router.ts';
import type { Ask } from '../connection/ask.ts';

type DeviceCommands = Pick<
  Handlers<PhoneProtocol>,
  'list-devices' | 'sign-out-device' | 'sign-out-other-devices'
>;

const done = { ok: true } as const;

/** What a page asks about the person's own devices. */
export const createDeviceCommands = (ask: Ask): DeviceCommands => ({
  async 'list-devices'() {
    const answer = await ask('device:list', {});
    return answer.ok ? { ok: true, devices: answer.devices } : { ok: false, code: answer.code };
  },
  async 'sign-out-device'({ deviceId }) {
    const answer = await ask('device:sign-out', { deviceId });
    return answer.ok ? done : { ok: false, code: answer.code };
  },
  async 'sign-out-other-devices'() {
    const answer = await ask('device:sign-out-others', {});
    return answer.ok ? done : { ok: false, code: answer.code };
  },
});
