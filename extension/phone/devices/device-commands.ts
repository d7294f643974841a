import type { ClientEvent, ClientPayload } from '../../../protocol/events.ts';
import type { CommandResult, PhoneProtocol } from '../../ipc/protocol.ts';
import type { Handlers } from '../../ipc/router.ts';
import type { Answer } from '../connection/signaling-types.ts';
import type { Signaling } from '../connection/signaling.ts';

type DeviceCommands = Pick<
  Handlers<PhoneProtocol>,
  'list-devices' | 'sign-out-device' | 'sign-out-other-devices'
>;

/** Milliseconds that a page waits for the server. */
const PATIENCE = 10_000;

const plain = (answer: Answer<'device:sign-out'>): CommandResult =>
  answer.ok ? { ok: true } : { ok: false, code: answer.code };

/** What a page asks about the person's own devices. `signaling`: null while nobody is signed in. */
export const createDeviceCommands = (signaling: () => Pick<Signaling, 'request'> | null): DeviceCommands => {
  const ask = async <E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<Answer<E> | null> =>
    (await signaling()?.request(event, payload, AbortSignal.timeout(PATIENCE))) ?? null;
  const signedOut = { ok: false, code: 'signed-out' } as const;

  return {
    async 'list-devices'() {
      const answer = await ask('device:list', {});
      if (!answer?.ok) return answer ? { ok: false, code: answer.code } : signedOut;
      return { ok: true, devices: answer.devices };
    },
    async 'sign-out-device'({ deviceId }) {
      const answer = await ask('device:sign-out', { deviceId });
      return answer ? plain(answer) : signedOut;
    },
    async 'sign-out-other-devices'() {
      const answer = await ask('device:sign-out-others', {});
      return answer ? plain(answer) : signedOut;
    },
  };
};
