import { isLive } from '../../extension/phone/calls/machine/phone.ts';
import { ChaosPhone, type ChaosPhoneOptions } from './chaos-phone.ts';

type Options = Omit<ChaosPhoneOptions, 'onSuperseded'>;

/** Milliseconds. */
const REOPENED_AFTER = 500;

/** One device of a person, with its own network and, one after another, the lives of its phone. */
export class Device {
  readonly #options: Options;
  #phone: ChaosPhone;
  #lives = 1;
  #isLost = false;
  /** Whether the device is in a call that must outlive a fault, so that no action touches it. */
  isSpared = false;

  constructor(options: Options) {
    this.#options = options;
    this.#phone = this.#start();
  }

  get name(): string {
    return this.#options.name;
  }

  get phone(): ChaosPhone {
    return this.#phone;
  }

  get isHere(): boolean {
    return !this.#isLost && this.#options.way.isOpen;
  }

  /** The device is gone for good. */
  get isLost(): boolean {
    return this.#isLost;
  }

  get isInCall(): boolean {
    return isLive(this.#phone.phone.current);
  }

  get isTalking(): boolean {
    return this.#phone.phone.current?.kind === 'active';
  }

  get isRinging(): boolean {
    return this.#phone.phone.incoming.length > 0;
  }

  /** The connection breaks, while the network stays, so that the phone can reconnect. */
  cut(): void {
    this.#options.way.cut();
  }

  leaveNetwork(): void {
    this.#options.way.block();
    this.#options.air.networkChanged();
  }

  findNetwork(): void {
    this.#options.way.open();
  }

  /** The browser crashes and starts again. */
  restart(): void {
    this.cut();
    this.#phone.crash();
    this.#lives += 1;
    this.#phone = this.#start();
  }

  /** A second phone of the same sign-in starts while the first one is there: the first is superseded. */
  supersede(): ChaosPhone {
    const before = this.#phone;
    this.#lives += 1;
    this.#phone = this.#start();
    return before;
  }

  /** The machine is gone: it says nothing and does not come back. */
  lose(): void {
    this.#isLost = true;
    this.leaveNetwork();
    this.#phone.crash();
  }

  #start(): ChaosPhone {
    return new ChaosPhone({
      ...this.#options,
      name: `${this.#options.name}.${String(this.#lives)}`,
      onSuperseded: (phone) => {
        // The earlier phone came back later than this one, so the person opens it anew.
        setTimeout(() => {
          if (phone === this.#phone && !this.#isLost) this.restart();
        }, REOPENED_AFTER);
      },
    });
  }
}
