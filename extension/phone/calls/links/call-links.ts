import type { CallId, LineId } from '../../../../protocol/ids.ts';
import { Emitter } from '../../../rtc/emitter.ts';
import { isLive, type Phone } from '../machine/phone.ts';
import { CallLink, type LinkParts } from './call-link.ts';
import type { LinkEvents } from './link-events.ts';

/** The links of all calls that ring or run here. */
export class CallLinks {
  readonly #parts: LinkParts;
  readonly #links = new Map<CallId, CallLink>();
  readonly #events = new Emitter<LinkEvents>();

  /** @param parts what each link needs of the browser. */
  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  on<K extends keyof LinkEvents>(name: K, listener: (event: LinkEvents[K]) => void): void {
    this.#events.on(name, listener);
  }

  /** Makes the link of a call. */
  open(callId: CallId, side: 'caller' | 'callee', lineId: LineId | null = null): CallLink {
    const link = new CallLink({ callId, side, lineId }, this.#parts, this.#events);
    this.#links.set(callId, link);
    return link;
  }

  find(callId: CallId): CallLink | undefined {
    return this.#links.get(callId);
  }

  /** The link of the call that is up or being placed. */
  currentOf({ current }: Phone): CallLink | null {
    return isLive(current) ? (this.#links.get(current.callId) ?? null) : null;
  }

  release(callId: CallId): void {
    const link = this.#links.get(callId);
    const problem = link?.pathProblem ?? null;
    link?.release();
    this.#links.delete(callId);
    this.#events.emit('released', { callId, problem });
    this.#events.emit('changed', undefined);
  }
}
