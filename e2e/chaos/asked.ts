import type { Signaling } from '../../extension/phone/connection/signaling.ts';
import type { Answer } from '../../extension/phone/connection/signaling-types.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { ClientEvent, ClientPayload } from '../../protocol/events.ts';
import type { CallId, UserId } from '../../protocol/ids.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';

/** What a phone may send twice. */
const REPEATED: ReadonlySet<ClientEvent> = new Set<ClientEvent>([
  'call:invite',
  'call:accept',
  'call:connected',
  'call:end',
  'message:send',
]);
const REPEATS = 0.15;

/** Refusals after which nobody knows whether the request was carried out. */
const OPEN: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unavailable', 'overloaded', 'server-error']);

interface Options {
  phone: string;
  userId: UserId;
  signaling: Pick<Signaling, 'request'>;
  journal: Journal;
  random: Random;
}

/** The value of a field of a payload or an answer; undefined where there is none. */
const field = (value: object, name: string): unknown =>
  Object.entries(value).find(([key]) => key === name)?.[1];

/** A phone's requests. Some are sent twice with the same ids; the answers are recorded. */
export class Asked implements Pick<Signaling, 'request'> {
  readonly #options: Options;
  /** Ends that this phone has reported and the server has not answered. */
  readonly #untold = new Set<unknown>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Whether this phone reported the end of the call and the server has not acknowledged it yet. */
  isUntold(callId: CallId): boolean {
    return this.#untold.has(callId);
  }

  async request<E extends ClientEvent>(
    event: E,
    payload: ClientPayload<E>,
    signal?: AbortSignal,
  ): Promise<Answer<E>> {
    const { signaling, random } = this.#options;
    const asked = Date.now();
    if (event === 'call:end') this.#untold.add(field(payload, 'callId'));
    const first = signaling.request(event, payload, signal);
    if (REPEATED.has(event) && random.chance(REPEATS)) {
      void this.#compare(event, first, signaling.request(event, payload, signal));
    }
    const answer = await first;
    if (event === 'call:end') this.#untold.delete(field(payload, 'callId'));
    this.#note(event, payload, answer, asked);
    return answer;
  }

  async #compare<E extends ClientEvent>(
    event: E,
    first: Promise<Answer<E>>,
    second: Promise<Answer<E>>,
  ): Promise<void> {
    const [one, other] = [await first, await second];
    if (!one.ok || !other.ok) return;
    const { journal, phone } = this.#options;
    journal.count('duplicate');
    if (event === 'message:send' && field(one, 'at') !== field(other, 'at'))
      journal.violations.push(`${phone}: a message that was sent twice was taken twice`);
  }

  #note<E extends ClientEvent>(event: E, payload: ClientPayload<E>, answer: Answer<E>, asked: number): void {
    const { journal, phone, userId } = this.#options;
    const callId = field(payload, 'callId');
    const code = answer.ok ? 'ok' : answer.code;
    journal.count(`asked: ${event}`);
    if (typeof callId === 'string') {
      if (!answer.ok && OPEN.has(answer.code)) journal.unsure(phone, callId);
      if (answer.ok && (event === 'call:invite' || event === 'call:accept')) journal.hold(userId, callId);
      if (answer.ok && event === 'call:end') journal.acknowledgedEnds.push(callId);
      if (event === 'call:invite') journal.invites.push({ callId, asked, answered: Date.now(), code });
    }
    if (code === 'glare') journal.count('glare');
    if (code === 'busy') journal.count('busy');
    const state = answer.ok ? field(answer, 'state') : null;
    if (event === 'call:resume' && (state === 'active' || state === 'connecting')) journal.count('resume');
  }
}
