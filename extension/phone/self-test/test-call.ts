import type { IceServers } from '../../../protocol/calls/call.ts';
import type { TestStep } from '../../../protocol/calls/test-call.ts';
import { Peer } from '../../rtc/peer.ts';
import type { Answer } from '../connection/signaling-types.ts';

/** Milliseconds; on a network that works it takes a tenth of one second. */
const TIMEOUT = 10_000;

interface Options {
  /** Whether this person's address is hidden: then the test goes over the relay, too. */
  relayOnly: () => boolean;
  /** Sends a step to the server, and resolves to its answer. */
  send: (step: TestStep) => Promise<Answer<'call:test'>>;
}

const ALL_OFF = { microphone: false, camera: false, screen: false };

/**
 * A call of this phone to itself: two peers whose every step goes to the
 * server and comes back. It works when both ends are connected and each has
 * heard the other over the data channel. Nothing is captured.
 */
export class TestCall {
  readonly #options: Options;
  readonly #caller: Peer;
  readonly #callee: Peer;
  readonly #iceServers = Promise.withResolvers<IceServers>();
  readonly #heard = Promise.withResolvers<boolean>();

  constructor(options: Options) {
    this.#options = options;
    const { relayOnly } = options;
    this.#caller = new Peer({ side: 'caller', relayOnly });
    this.#callee = new Peer({ side: 'callee', relayOnly });
    let silent = 2;
    for (const [from, peer] of [
      ['caller', this.#caller],
      ['callee', this.#callee],
    ] as const) {
      peer.on('signal', (signal) => {
        this.#send({ kind: 'signal', from, signal });
      });
      peer.on('connected', () => {
        peer.announce(ALL_OFF);
      });
      peer.on('remoteMedia', () => {
        silent -= 1;
        if (silent === 0) this.#heard.resolve(true);
      });
    }
  }

  /** Places the call; resolves to whether it connected. */
  async run(): Promise<boolean> {
    const timer = setTimeout(() => {
      this.#heard.resolve(false);
    }, TIMEOUT);
    try {
      this.#send({ kind: 'offer', offer: await this.#caller.prepareOffer() });
      return await this.#heard.promise;
    } finally {
      clearTimeout(timer);
      this.#caller.close();
      this.#callee.close();
    }
  }

  /** A step that came back from the server. */
  receive(step: TestStep): void {
    this.#take(step).catch(() => {
      this.#heard.resolve(false);
    });
  }

  async #take(step: TestStep): Promise<void> {
    switch (step.kind) {
      case 'offer': {
        const answer = await this.#callee.prepareAnswer(step.offer);
        this.#send({ kind: 'answer', answer });
        const iceServers = await this.#iceServers.promise;
        await Promise.all([this.#caller.startOffer(iceServers), this.#callee.startAnswer(iceServers)]);
        break;
      }
      case 'answer':
        await this.#caller.applyAnswer(step.answer);
        break;
      case 'signal':
        await (step.from === 'caller' ? this.#callee : this.#caller).handleSignal(step.signal);
        break;
    }
  }

  #send(step: TestStep): void {
    void this.#options.send(step).then((answer) => {
      if (!answer.ok) this.#heard.resolve(false);
      else if (answer.iceServers) this.#iceServers.resolve(answer.iceServers);
    });
  }
}
