import { pickDevice } from '../../../media/pick-device.ts';
import type { DeviceChoices, DeviceLists, DeviceNotice } from '../../../ipc/snapshot.ts';
import { nextUse, UNUSED, type DeviceUse } from './device-use.ts';
import type { LocalCapture } from './local-capture.ts';

/** What is plugged into this machine, and what the person has chosen of it. */
export interface Machine {
  lists: DeviceLists;
  choices: DeviceChoices;
}

type CallRole = DeviceNotice['role'];
type Capture = Pick<LocalCapture, 'view' | 'track' | 'switchDevice' | 'retry'>;

interface Options {
  machine: () => Machine;
  captures: Record<'microphone' | 'camera', Capture>;
  onChange: () => void;
  signal: AbortSignal;
}

/** Milliseconds for which a change is shown. */
const SHOWN_FOR = 10_000;

const isUsed = ({ view, track }: Capture): boolean => view.kind !== 'off' || track !== null;

/**
 * Keeps a call's microphone and camera in step with the chosen and the connected devices, and tells what it
 * changed.
 */
export class CallDevices {
  readonly #options: Options;
  readonly #uses = new Map<CallRole, DeviceUse>();
  readonly #timers = new Map<CallRole, ReturnType<typeof setTimeout>>();
  #notices: readonly DeviceNotice[] = [];

  constructor(options: Options) {
    this.#options = options;
    options.signal.addEventListener('abort', () => {
      for (const timer of this.#timers.values()) clearTimeout(timer);
    });
  }

  /** At most one of each role, the newest last. */
  get notices(): readonly DeviceNotice[] {
    return this.#notices;
  }

  /** Call it whenever the machine or what the call captures may have changed. */
  follow(): void {
    if (this.#options.signal.aborted) return;
    const { microphone, camera } = this.#options.captures;
    this.#followCapture('microphone', microphone);
    this.#followCapture('camera', camera);
    // Playback follows the same choice by itself; only the names are kept up to date here.
    this.#followRole('speaker');
  }

  /** The device that was to be used could not be opened. */
  refused(role: 'microphone' | 'camera'): void {
    const device = this.#uses.get(role)?.using;
    if (device) this.#tell({ kind: 'refused', role, device: device.label });
  }

  /** A device came: tries again to open what failed without it. */
  retry(): void {
    for (const capture of Object.values(this.#options.captures)) capture.retry('device');
  }

  #followCapture(role: 'microphone' | 'camera', capture: Capture): void {
    if (!isUsed(capture)) this.#uses.delete(role);
    else if (this.#followRole(role)) capture.switchDevice();
  }

  #followRole(role: CallRole): boolean {
    const { lists, choices } = this.#options.machine();
    const list = lists[role];
    const before = this.#uses.get(role) ?? UNUSED;
    const { use, switches, notice } = nextUse(before, pickDevice(choices[role], list), list);
    // Set before anything is opened or emitted, because both lead back here.
    this.#uses.set(role, use);
    if (notice) this.#tell({ role, ...notice });
    return switches;
  }

  #tell(notice: DeviceNotice): void {
    const { role } = notice;
    clearTimeout(this.#timers.get(role));
    this.#notices = [...this.#notices.filter((each) => each.role !== role), notice];
    this.#timers.set(
      role,
      setTimeout(() => {
        this.#notices = this.#notices.filter((each) => each !== notice);
        this.#options.onChange();
      }, SHOWN_FOR),
    );
    this.#options.onChange();
  }
}
