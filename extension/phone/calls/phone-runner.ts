import { Emitter } from '../../rtc/emitter.ts';
import type { Log } from '../log-ring.ts';
import type { Effect } from './machine/effect.ts';
import type { Happening } from './machine/event.ts';
import { nextDeadline } from './machine/next-deadline.ts';
import { IDLE, type Phone } from './machine/phone.ts';
import type { Step } from './machine/step.ts';
import { transition } from './machine/transition.ts';
import { steadyNow } from '../../ipc/steady-now.ts';

/** What becomes of an event: first the new state, then what it asks for. */
interface RunnerEvents {
  changed: { now: Phone; before: Phone };
  /** To be run now. The listener dispatches what comes of it later, never before it returns. */
  effect: Effect;
}

/**
 * Keeps the phone's state: feeds events to the pure machine, emits what comes of them, and dispatches its
 * deadlines.
 */
export class PhoneRunner {
  readonly #log: Log;
  readonly #events = new Emitter<RunnerEvents>();
  #phone: Phone = IDLE;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  get phone(): Phone {
    return this.#phone;
  }

  on<K extends keyof RunnerEvents>(name: K, listener: (event: RunnerEvents[K]) => void): void {
    this.#events.on(name, listener);
  }

  dispatch(happening: Happening): Step['outcome'] {
    const before = this.#phone;
    const { phone, effects, outcome } = transition(before, { ...happening, at: steadyNow() });
    this.#phone = phone;
    this.#log('phone', { event: happening.kind, state: phone.current?.kind ?? 'none', outcome });
    if (phone !== before) this.#events.emit('changed', { now: phone, before });
    for (const effect of effects) this.#events.emit('effect', effect);
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
      Math.max(0, deadline - steadyNow()),
    );
  }
}
