import { randomUUID } from 'node:crypto';
import type { SignedIn } from '../../../protocol/account/account.ts';
import { testSdp } from '../descriptions.ts';
import type { Phone } from '../phone.ts';
import type { TestPeople } from '../test-people.ts';

/** Two honest people who call each other. */
export class HonestPair {
  readonly #from: Phone;
  readonly #to: Phone;
  readonly #callee: SignedIn;

  private constructor(from: Phone, to: Phone, callee: SignedIn) {
    this.#from = from;
    this.#to = to;
    this.#callee = callee;
  }

  static async open(people: TestPeople): Promise<HonestPair> {
    const [ada, bob] = [await people.signUp('ada'), await people.signUp('bob')];
    return new HonestPair(await people.phone(ada), await people.phone(bob), bob);
  }

  /** The messages to them that broke the contract. */
  get violations(): string[] {
    return [...this.#from.violations, ...this.#to.violations];
  }

  /**
   * One whole call. @returns how long it took from the click to the connection, in milliseconds.
   * @throws Error when a step of the call was refused
   */
  async call(): Promise<number> {
    const callId = randomUUID();
    const start = performance.now();
    const to = this.#callee.account.userId;
    const took = async (what: string, answer: Promise<{ ok: boolean }>): Promise<void> => {
      const ack = await answer;
      if (!ack.ok) throw new Error(`${what}: ${JSON.stringify(ack)}`);
    };
    const rings = this.#to.next('call:incoming', (incoming) => incoming.callId === callId);
    const invite = { callId, to, media: 'audio', offer: testSdp('offer') } as const;
    await took('call:invite', this.#from.request('call:invite', invite));
    await rings;
    await took('call:ringing', this.#to.request('call:ringing', { callId }));
    const answered = this.#from.next('call:state', (it) => it.callId === callId && it.state === 'connecting');
    await took('call:accept', this.#to.request('call:accept', { callId, answer: testSdp('answer') }));
    await answered;
    await took('call:connected', this.#from.request('call:connected', { callId }));
    const lasted = performance.now() - start;
    const ended = this.#to.next('call:state', (it) => it.callId === callId && it.state === 'ended');
    await took('call:end', this.#from.request('call:end', { callId }));
    await ended;
    return lasted;
  }
}
