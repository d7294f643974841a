import { describe, expect, it } from 'vitest';
import { createCallControls } from './call-controls.ts';

const setUp = (ok = true) => {
  const events: string[] = [];
  const controls = createCallControls({
    // Answers as the phone does; what the other commands would return is not looked at.
    askPhone: (name, payload) => {
      events.push(`${name} ${JSON.stringify(payload)}`);
      return Promise.resolve(ok ? { ok: true } : { ok: false, code: 'unknown-call' }) as never;
    },
    openCallWindow: () => {
      events.push('window');
      return Promise.resolve();
    },
  });
  return { controls, events };
};

describe('call controls', () => {
  it('accept the call whose notification was pressed, and open the window beside it', async () => {
    const { controls, events } = setUp();
    await controls.pressButton('call-1', 0);
    expect(events).toEqual(['accept {"callId":"call-1"}', 'window']);
  });

  it('decline without a window', async () => {
    const { controls, events } = setUp();
    await controls.pressButton('call-1', 1);
    expect(events).toEqual(['decline {"callId":"call-1"}']);
  });

  it('bring the prompt when the notification itself is pressed', async () => {
    const { controls, events } = setUp();
    await controls.pressNotification();
    expect(events).toEqual(['window']);
  });

  it.each([
    ['accept', ['accept {}', 'window']],
    ['hang-up', ['hang-up {}']],
    ['toggle-microphone', ['toggle-microphone {}']],
    ['something else', []],
  ])('do by key: %s', async (command, expected) => {
    const { controls, events } = setUp();
    await controls.command(command);
    expect(events).toEqual(expected);
  });

  it('open no window by key while nothing rings', async () => {
    const { controls, events } = setUp(false);
    await controls.command('accept');
    expect(events).toEqual(['accept {}']);
  });
});
