import type { Effect } from './machine/effect.ts';
import type { PhoneEvent } from './machine/event.ts';
import { nextDeadline } from './machine/next-deadline.ts';
import { IDLE, type Phone } from './machine/phone.ts';
import type { Step } from './machine/step.ts';
import { transition } from './machine/transition.ts';
import type { Log } from '../log-ring.ts';

type WithoutTime<Event> = Event extends PhoneEvent ? Omit<Event, 'at'> : never;

/** An event as it is dispatched: the runner adds the time. */
export type Happening = WithoutTime<PhoneEvent>;

interface Options {
  /** Does what a transition asks for. It dispatches what comes of it later, never before it returns. */
  run: (effect: Effect) => void;
  onChange: (now: Phone, before: Phone) => void;
  log: Log;
}

/** Keeps the phone's state: feeds events to the pure machine, runs its effects, and watches its clock. */
export class PhoneRunner {
  readonly #options: Options;
  #phone: Phone = IDLE;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  get phone(): Phone {
    return this.#phone;
  }

  dispatch(happening: Happening): Step['outcome'] {
    const before = this.#phone;
    const { phone, effects, outcome } = transition(before, { ...happening, at: Date.now() });
    this.#phone = phone;
    this.#options.log('phone', { event: happening.kind, state: phone.current?.kind ?? 'none', outcome });
    if (phone !== before) this.#options.onChange(phone, before);
    for (const effect of effects) this.#options.run(effect);
    this.#watchClock();
    return outcome;
  }

  #watchClock(): void {
    clearTimeout(this.#timer);
    const deadline = nextDeadline(this.#phone);
    if (deadline === null) return;
    this.#timer = setTimeout(
      () => {
        this.dispatch({ kind: 'deadline' });
      },
      Math.max(0, deadline - Date.now()),
    );
  }
}
