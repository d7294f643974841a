import type { Device } from '../../../../protocol/devices/device.ts';
import type { SessionId } from '../../../../protocol/ids.ts';
import type { Ask } from '../../../ipc/asking.ts';
import type { PhoneProtocol } from '../../../ipc/protocol.ts';
import type { Commands } from '../../../ui/phone/commands.svelte.ts';

/** The person's devices, as they were when the page last asked. */
export class DeviceList {
  /** Null until the first answer. */
  #devices = $state.raw<readonly Device[] | null>(null);
  #failed = $state(false);
  readonly #askPhone: Ask<PhoneProtocol>;
  readonly #commands: Pick<Commands, 'run'>;

  constructor(askPhone: Ask<PhoneProtocol>, commands: Pick<Commands, 'run'>) {
    this.#askPhone = askPhone;
    this.#commands = commands;
  }

  get devices(): readonly Device[] | null {
    return this.#devices;
  }

  /** Whether the last request got no answer. */
  get failed(): boolean {
    return this.#failed;
  }

  get hasOthers(): boolean {
    return this.#devices?.some(({ current }) => !current) ?? false;
  }

  /** Requests the list again. Never rejects. */
  async load(): Promise<void> {
    const result = await this.#askPhone('list-devices', {}).catch(() => null);
    this.#failed = !result?.ok;
    if (result?.ok) this.#devices = result.devices;
  }

  async signOut(deviceId: SessionId): Promise<void> {
    if (await this.#commands.run('sign-out-device', { deviceId })) await this.load();
  }

  async signOutOthers(): Promise<void> {
    if (await this.#commands.run('sign-out-other-devices', {})) await this.load();
  }
}
