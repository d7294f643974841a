import type { UserId } from '../../protocol/ids.ts';
import { LightPhone, type LightPhoneOptions } from '../light-phone.ts';
import type { CallPhone, Hear, Step } from './call-phone.ts';
import { CANDIDATES, DESCRIPTION } from './descriptions.ts';

/** In `["call:state",{"callId":"…","v":2,"state":"connecting",…}]`. */
const STATE = /"state":"(\w+)"/;
const CALL_ID = /"callId":"([^"]+)"/;

const STEP_OF_STATE: Readonly<Record<string, Step>> = {
  ringing: 'ringing',
  connecting: 'accept',
  active: 'connected',
  ended: 'end',
};

const stepOf = (event: string): Step | null => {
  if (event.startsWith('["call:incoming"')) return 'invite';
  if (event.startsWith('["call:signal"')) return 'candidates';
  if (!event.startsWith('["call:state"')) return null;
  return STEP_OF_STATE[STATE.exec(event)?.[1] ?? ''] ?? null;
};

/** A phone on our server, which waits for acknowledgements. */
export class OurPhone implements CallPhone {
  readonly #phone: LightPhone;
  readonly #other: UserId;
  #seq = 0;

  /** @param other the person whom it calls. */
  constructor(url: string, options: LightPhoneOptions & { other: UserId; hear: Hear }) {
    const { other, hear, ...rest } = options;
    this.#other = other;
    this.#phone = new LightPhone(url, {
      ...rest,
      onEvent: (event) => {
        const step = stepOf(event);
        if (step) hear(step, CALL_ID.exec(event)?.[1] ?? '');
      },
    });
  }

  get ready(): Promise<undefined> {
    return this.#phone.ready;
  }

  say(step: Step, callId: string, done?: () => void): void {
    this.#phone.send(
      `call:${step === 'candidates' ? 'signal' : step}`,
      this.#payload(step, callId),
      (answer) => {
        if (answer.startsWith('[{"ok":true')) done?.();
      },
    );
  }

  close(): void {
    this.#phone.close();
  }

  #payload(step: Step, callId: string): object {
    switch (step) {
      case 'invite':
        return { callId, to: this.#other, media: 'video', offer: DESCRIPTION };
      case 'accept':
        return { callId, answer: DESCRIPTION };
      case 'candidates':
        this.#seq += 1;
        return {
          callId,
          signal: { kind: 'candidates', seq: this.#seq, ufrag: 'Ab12', candidates: CANDIDATES },
        };
      case 'ringing':
      case 'connected':
      case 'end':
        return { callId };
    }
  }
}
