import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { DeviceChoices, DeviceList, LocalSource, MachineDevice } from '../../../ipc/snapshot.ts';
import { CallDevices, type Machine } from './call-devices.ts';

const builtIn = { deviceId: '1', label: 'Built-in' };
const headset = { deviceId: '2', label: 'Headset' };
const list = (...devices: MachineDevice[]): DeviceList => ({
  hidden: false,
  devices,
  systemDefault: devices[0] ?? null,
});
const NOTHING_CHOSEN: DeviceChoices = { microphone: null, camera: null, speaker: null, ringer: null };

const setUp = () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const end = new AbortController();
  const asked: string[] = [];
  const capture = (name: string, view: LocalSource) => ({
    view,
    track: null,
    switchDevice: () => asked.push(`switch ${name}`),
    retry: (because: string) => asked.push(`retry ${name} ${because}`),
  });
  const captures = {
    microphone: capture('microphone', { kind: 'on' }),
    camera: capture('camera', { kind: 'off' }),
  };
  const all = list(builtIn, headset);
  let machine: Machine = {
    lists: { microphone: all, camera: all, speaker: all, ringer: all },
    choices: { ...NOTHING_CHOSEN, microphone: headset, camera: headset },
  };
  const onChange = vi.fn();
  const devices = new CallDevices({ machine: () => machine, captures, onChange, signal: end.signal });
  devices.follow();
  return {
    devices,
    captures,
    asked,
    onChange,
    end,
    plug: (...there: MachineDevice[]) => {
      const now = list(...there);
      machine = { ...machine, lists: { microphone: now, camera: now, speaker: now, ringer: now } };
      devices.follow();
    },
    choose: (choices: Partial<DeviceChoices>) => {
      machine = { ...machine, choices: { ...machine.choices, ...choices } };
      devices.follow();
    },
  };
};

describe('the devices of a call', () => {
  it('are switched without a notice when another one is chosen', () => {
    const { choose, asked, devices } = setUp();
    choose({ microphone: null, speaker: headset });
    expect(asked).toEqual(['switch microphone']);
    expect(devices.notices).toEqual([]);
  });

  it('are switched and named when one goes away and comes back', () => {
    const { plug, asked, devices } = setUp();
    plug(builtIn);
    expect(asked).toEqual(['switch microphone']);
    expect(devices.notices).toEqual([
      { kind: 'lost', role: 'microphone', device: 'Headset', using: 'Built-in' },
    ]);
    plug(builtIn, headset);
    expect(asked).toEqual(['switch microphone', 'switch microphone']);
    expect(devices.notices).toEqual([{ kind: 'back', role: 'microphone', device: 'Headset' }]);
  });

  it('are named for a while only', () => {
    const { plug, devices, onChange } = setUp();
    plug(builtIn);
    onChange.mockClear();
    vi.advanceTimersByTime(10_000);
    expect(devices.notices).toEqual([]);
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('do not concern a camera that is off', () => {
    const { plug, captures, asked, devices } = setUp();
    plug(builtIn);
    expect(devices.notices.map(({ role }) => role)).toEqual(['microphone']);
    captures.camera.view = { kind: 'on' };
    devices.follow();
    plug(builtIn, headset);
    expect(asked).toContain('switch camera');
    expect(devices.notices.map(({ role }) => role)).toEqual(['microphone']);
  });

  it('are named when one that was chosen does not start', () => {
    const { choose, devices } = setUp();
    choose({ microphone: builtIn });
    devices.refused('microphone');
    expect(devices.notices).toEqual([{ kind: 'refused', role: 'microphone', device: 'Built-in' }]);
  });

  it('are forgotten with the call', () => {
    const { plug, end, devices, onChange } = setUp();
    plug(builtIn);
    end.abort();
    onChange.mockClear();
    plug(builtIn, headset);
    vi.runAllTimers();
    expect(onChange).not.toHaveBeenCalled();
    expect(devices.notices).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
