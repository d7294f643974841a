import type { Ask } from '../../ipc/asking.ts';
import type { PhoneProtocol } from '../../ipc/protocol.ts';

/** Positions of the notification's buttons. */
const ACCEPT = 0;
const DECLINE = 1;

interface Options {
  askPhone: Ask<PhoneProtocol>;
  openCallWindow: () => Promise<void>;
}

/** What a press outside of the extension's own pages does. */
export interface CallControls {
  pressButton(callId: string, button: number): Promise<void>;
  /** Some desktops show no buttons: a click on the notification brings the prompt that has them. */
  pressNotification(): Promise<void>;
  command(name: string): Promise<void>;
}

export const createCallControls = ({ askPhone, openCallWindow }: Options): CallControls => ({
  async pressButton(callId, button) {
    // The window opens beside the call, never after it: what takes longest starts first.
    if (button === ACCEPT) await Promise.all([askPhone('accept', { callId }), openCallWindow()]);
    if (button === DECLINE) await askPhone('decline', { callId });
  },

  pressNotification: openCallWindow,

  async command(name) {
    if (name === 'accept') {
      // Pressed while nothing rings, it must not open a window.
      const result = await askPhone('accept', {});
      if (result.ok) await openCallWindow();
    }
    if (name === 'hang-up') await askPhone('hang-up', {});
    if (name === 'toggle-microphone') await askPhone('toggle-microphone', {});
  },
});
