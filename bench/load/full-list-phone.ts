import { LightPhone } from '../light-phone.ts';
import type { CallPhone, Hear, Step } from './call-phone.ts';
import { BARE } from './dialects.ts';
import { contentOf } from './descriptions.ts';

/** A phone of `full-list-server.ts`. */
export class FullListPhone implements CallPhone {
  readonly #phone: LightPhone;
  readonly #other: string;

  constructor(url: string, { name, other, hear }: { name: string; other: string; hear: Hear }) {
    this.#other = other;
    this.#phone = new LightPhone(url, {
      token: name,
      localAddress: '127.0.0.1',
      first: 'users',
      onEvent: (event) => {
        const heard = BARE.read(event);
        if (heard) hear(heard.step, heard.callId);
      },
    });
  }

  get ready(): Promise<undefined> {
    return this.#phone.ready;
  }

  say(step: Step, callId: string, done?: () => void): void {
    this.#phone.send('pass-on', { to: this.#other, step, content: { callId, ...contentOf(step) } });
    done?.();
  }

  close(): void {
    this.#phone.close();
  }
}
