import type { Signal } from '../../protocol/calls/signal.ts';

type Unnumbered<S> = S extends Signal ? Omit<S, 'seq'> : never;

/** Numbers the signals to the other phone, and can send those of the current generation once more. */
export class Outbox {
  readonly #deliver: (signal: Signal) => void;
  #seq = 0;
  #sent: Signal[] = [];

  constructor(deliver: (signal: Signal) => void) {
    this.#deliver = deliver;
  }

  send(signal: Unnumbered<Signal>): void {
    this.#deliver(this.keep(signal));
  }

  /** Keeps for `repeat` what went to the other phone by another way. */
  keep(signal: Unnumbered<Signal>): Signal {
    const numbered: Signal = { ...signal, seq: this.#seq };
    this.#seq += 1;
    this.#sent = this.#sent.filter((sent) => sent.ufrag === signal.ufrag);
    this.#sent.push(numbered);
    return numbered;
  }

  /** Delivers the current generation's signals again, under their numbers: the other side drops those it has. */
  repeat(): void {
    for (const signal of this.#sent) this.#deliver(signal);
  }
}
