import type { Effect } from '../../extension/phone/calls/machine/effect.ts';
import type { PhoneEvent } from '../../extension/phone/calls/machine/event.ts';
import { IDLE, isLive, type Phone } from '../../extension/phone/calls/machine/phone.ts';
import { transition } from '../../extension/phone/calls/machine/transition.ts';
import type { ShownReason } from '../../extension/ipc/shown-reason.ts';
import type { CallQueue, End, Incoming } from '../../protocol/calls/call.ts';
import type { Ack, ClientPayload, ClientResult } from '../../protocol/events.ts';
import type { Person } from '../../protocol/presence/presence.ts';
import type { Sender } from '../../server/sender.ts';
import type { Calls } from '../../server/calls/create-calls.ts';

type CallEvent = keyof Calls['handlers'];

/** A request that a device repeats until it is answered: reaching the server yields the answer's arrival. */
export interface Request {
  readonly event: CallEvent;
  arrive(server: Calls, from: Sender): Promise<() => void>;
}

/** The phone's real state machine with only its requests, and the set of calls that it holds open. */
export class Device {
  readonly person: Person;
  readonly sessionId: string;
  instanceId: string;
  phone: Phone = IDLE;
  online = false;
  /** Calls with a peer connection or a capture open. */
  readonly open = new Set<string>();
  readonly requests = new Set<Request>();
  /**
   * The reasons for ended calls that this phone showed since its last start; a corrected reason counts once.
   */
  readonly ends = new Map<string, ShownReason[]>();
  /** Calls that this phone wanted to answer. */
  readonly answered = new Set<string>();
  /** Calls that this phone wanted to take over. Giving that up does not end the call. */
  readonly wanted = new Set<string>();
  /** Events that the machine says cannot happen. */
  illegal: PhoneEvent[] = [];
  /** The end of a call that the server has not acknowledged. */
  untoldEnd: End | undefined;
  #lineId: string | null = null;
  readonly #now: () => number;
  readonly #freshId: () => string;

  constructor(person: Person, sessionId: string, now: () => number, freshId: () => string) {
    this.person = person;
    this.sessionId = sessionId;
    this.#now = now;
    this.#freshId = freshId;
    this.instanceId = freshId();
  }

  get heldCallId(): string | undefined {
    return isLive(this.phone.current) ? this.phone.current.callId : undefined;
  }

  get ref(): Sender {
    return { userId: this.person.userId, sessionId: this.sessionId, instanceId: this.instanceId };
  }

  /** The extension crashes and starts again: the phone remembers nothing. */
  restart(): void {
    this.phone = IDLE;
    this.open.clear();
    this.requests.clear();
    this.untoldEnd = undefined;
    this.ends.clear();
    this.answered.clear();
    this.wanted.clear();
    this.instanceId = this.#freshId();
  }

  dispatch(event: PhoneEvent): void {
    const before = this.phone.current;
    const { phone, effects, outcome } = transition(this.phone, event);
    if (outcome === 'illegal') this.illegal.push(event);
    this.phone = phone;
    for (const effect of effects) this.#run(effect);
    const { current } = phone;
    if (current?.kind === 'ended' && current !== before) {
      const known = this.ends.get(current.callId) ?? [];
      const putRight = before?.kind === 'ended' && before.callId === current.callId;
      this.ends.set(current.callId, [...(putRight ? known.slice(0, -1) : known), current.reason]);
    }
  }

  /** The connection by which this phone is taking a call over. */
  get takesOver(): string | null {
    const { current } = this.phone;
    return current?.kind === 'connecting' && current.handOver ? this.#lineId : null;
  }

  /** Whether this phone has a second connection to the other. */
  nextLinkOf(other: Device): boolean {
    const { current } = this.phone;
    const isUp = current?.kind === 'active' || current?.kind === 'reconnecting';
    return isUp && current.nextLink !== null && current.nextLink.lineId === other.takesOver;
  }

  /** Continues a call here that another device of the person is in. */
  handOver(callId: string, peer: Person): void {
    if (isLive(this.phone.current)) return;
    this.#lineId = this.#freshId();
    // This is a new part of the same call, which may end here once more.
    this.ends.delete(callId);
    this.wanted.add(callId);
    this.dispatch({ kind: 'hand-over', at: this.#now(), callId, lineId: this.#lineId, peer, media: 'audio' });
  }

  dial(peer: Person): void {
    if (isLive(this.phone.current)) return;
    this.dispatch({ kind: 'dial', at: this.#now(), callId: this.#freshId(), peer, media: 'audio' });
  }

  ready(ringing: readonly Incoming[], queue: CallQueue): void {
    this.dispatch({ kind: 'online', at: this.#now(), queue });
    for (const incoming of ringing) this.dispatch({ kind: 'incoming', at: this.#now(), ...incoming });
  }

  #run(effect: Effect): void {
    const { callId } = effect;
    switch (effect.kind) {
      case 'place':
        this.open.add(callId);
        this.#request(
          'call:invite',
          { callId, to: effect.to, media: effect.media, offer: 'offer' },
          (ack) => {
            if (ack.ok) return { kind: 'placed', at: this.#now(), callId, v: ack.v };
            if (ack.code !== 'glare') return { kind: 'refused', at: this.#now(), callId, code: ack.code };
            return { kind: 'glare', at: this.#now(), callId, first: ack, redialId: this.#freshId() };
          },
        );
        break;
      case 'prepare':
        this.open.add(callId);
        break;
      case 'report-ringing':
        this.#request('call:ringing', { callId });
        break;
      case 'answer':
        this.open.add(callId);
        this.answered.add(callId);
        this.#request('call:accept', { callId, answer: 'answer' }, (ack) =>
          ack.ok
            ? { kind: 'accepted', at: this.#now(), callId, v: ack.v }
            : { kind: 'accept-refused', at: this.#now(), callId, code: ack.code },
        );
        break;
      case 'hand-over':
        this.open.add(callId);
        this.#request('call:move', { callId, lineId: effect.lineId, offer: 'offer' }, (ack) =>
          ack.ok
            ? { kind: 'taken', at: this.#now(), callId, v: ack.v, connectedFor: ack.connectedFor }
            : { kind: 'accept-refused', at: this.#now(), callId, code: ack.code },
        );
        break;
      case 'confirm':
        this.#request('call:connected', { callId });
        break;
      case 'resume':
        this.#request('call:resume', { callId }, (ack) => {
          if (ack.ok) return { kind: 'state', at: this.#now(), state: ack };
          return ack.code === 'unknown-call' ? { kind: 'unknown', at: this.#now(), callId } : null;
        });
        break;
      case 'send-end':
        this.#sendEnd(effect);
        break;
      case 'release':
        this.open.delete(callId);
        break;
      case 'connect':
      case 'answer-next-link':
      case 'switch-link':
      case 'drop-next-link':
      case 'restart-ice':
        break;
    }
  }

  #sendEnd({ kind: _kind, ...end }: Extract<Effect, { kind: 'send-end' }>): void {
    if (end.lasted !== undefined) this.untoldEnd = end;
    this.#request('call:end', end, () => {
      if (this.untoldEnd === end) this.untoldEnd = undefined;
      return null;
    });
  }

  #request<E extends CallEvent>(
    event: E,
    payload: ClientPayload<E>,
    settle: (ack: Ack<ClientResult<E>>) => PhoneEvent | null = () => null,
  ): void {
    const request: Request = {
      event,
      arrive: async (server, from) => {
        const ack = await server.handlers[event](from, payload);
        return () => {
          if (!this.requests.delete(request)) return;
          const result = settle(ack);
          if (result) this.dispatch(result);
        };
      },
    };
    this.requests.add(request);
  }
}
