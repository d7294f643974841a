import type { Effect } from './machine/effect.ts';
import type { End, IceServers } from '../../../protocol/calls/call.ts';
import type { CallId, LineId } from '../../../protocol/ids.ts';
import { refuse, type ClientEvent, type ClientPayload } from '../../../protocol/events.ts';
import type { Peer } from '../../rtc/peer.ts';
import type { Answer } from '../connection/signaling-types.ts';
import type { Signaling } from '../connection/signaling.ts';
import type { CallLink } from './links/call-link.ts';
import type { LinkEvents } from './links/link-events.ts';
import type { Happening } from './machine/event.ts';
import { UntoldEnd } from './untold-end.ts';

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

/** What effects do with a link. */
export interface EffectLink extends Pick<
  CallLink,
  | 'signal'
  | 'prepare'
  | 'answer'
  | 'openSources'
  | 'openOnly'
  | 'hangUp'
  | 'succeed'
  | 'switchOver'
  | 'dropNextLink'
> {
  readonly peer: Pick<
    Peer,
    | 'prepareOffer'
    | 'startOffer'
    | 'applyAnswer'
    | 'startAnswer'
    | 'handleSignal'
    | 'repeatSignals'
    | 'restartIce'
  >;
}

/** Where effects find what a call holds. */
export interface EffectLinks {
  open: (callId: CallId, side: 'caller' | 'callee', lineId?: LineId) => EffectLink;
  find: (callId: CallId) => EffectLink | undefined;
  release: (callId: CallId) => void;
}

interface Options {
  links: EffectLinks;
  /** Null while nobody is signed in. */
  signaling: () => Pick<Signaling, 'request'> | null;
  dispatch: (happening: Happening) => void;
}

/** Runs the effects of the call machine on links and server, and dispatches what the server answers. */
export class CallEffects {
  readonly #options: Options;
  readonly #links: EffectLinks;
  readonly #untold = new UntoldEnd();
  /** The ICE servers of every call, as far as they are known beforehand; null: they come with each acknowledgement. */
  iceServers: IceServers | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.#links = options.links;
  }

  /** The end of a call that the server has not acknowledged, for the handshake. */
  get untoldEnd(): End | undefined {
    return this.#untold.end;
  }

  run(effect: Effect): void {
    switch (effect.kind) {
      case 'place':
        this.#attempt(effect.callId, this.#place(effect));
        return;
      case 'prepare':
        this.#prepare(effect);
        return;
      case 'report-ringing':
        void this.#request(effect.callId, 'call:ringing', { callId: effect.callId });
        return;
      case 'answer':
        this.#attempt(effect.callId, this.#answer(effect));
        return;
      case 'connect':
        this.#attempt(effect.callId, this.#links.find(effect.callId)?.peer.applyAnswer(effect.answer));
        return;
      case 'hand-over':
        this.#attempt(effect.callId, this.#handOver(effect));
        return;
      case 'answer-next-link':
        // Without an answer the other phone does not get the call, which stays where it is.
        this.#links
          .find(effect.callId)
          ?.succeed(effect.lineId, effect.offer, effect.iceServers)
          .catch(() => undefined);
        return;
      case 'switch-link':
        this.#links.find(effect.callId)?.switchOver();
        return;
      case 'drop-next-link':
        this.#links.find(effect.callId)?.dropNextLink();
        return;
      case 'confirm':
        void this.#request(effect.callId, 'call:connected', { callId: effect.callId });
        return;
      case 'resume':
        void this.#resume(effect.callId);
        return;
      case 'restart-ice':
        // If the browser refuses, the next interruption tries again; the machine gives up in time.
        this.#links
          .find(effect.callId)
          ?.peer.restartIce(effect.because)
          .catch(() => undefined);
        return;
      case 'send-end':
        this.#sendEnd(effect);
        return;
      case 'release':
        this.#links.release(effect.callId);
        return;
    }
  }

  /** Asks for new credentials, because the relay's have expired or soon will, and looks for a path with them. */
  async renewIceServers({ callId, peer }: LinkEvents['relayLapsed']): Promise<void> {
    const link = this.#links.find(callId);
    const answer = await this.#request(callId, 'call:ice-servers', { callId });
    // Without them, or where the browser refuses, there is one path fewer.
    if (answer.ok && link && !link.signal.aborted)
      peer.renewIceServers(answer.iceServers).catch(() => undefined);
  }

  /** Sends what one of the call's connections has for the other phone. */
  sendSignal({ callId, lineId, signal, until }: LinkEvents['signal']): void {
    const payload = { callId, ...(lineId !== null && { lineId }), signal };
    void this.#options.signaling()?.request('call:signal', payload, until);
  }

  async #place({ callId, to, media }: Of<'place'>): Promise<void> {
    const { dispatch } = this.#options;
    const link = this.#links.open(callId, 'caller');
    const offer = await link.peer.prepareOffer();
    const inviting = this.#request(callId, 'call:invite', { callId, to, media, offer });
    // Only now that the invite is on its way, because opening the sources keeps the thread busy.
    link.openSources(media);
    const answer = await inviting;
    if (link.signal.aborted) return;
    if (answer.ok) {
      dispatch({ kind: 'placed', callId, v: answer.v });
      await link.peer.startOffer(answer.iceServers);
    } else if (answer.code === 'glare') {
      const first = { callId: answer.callId, offer: answer.offer };
      dispatch({ kind: 'glare', callId, first, redialId: crypto.randomUUID() });
    } else {
      dispatch({ kind: 'refused', callId, code: answer.code });
    }
  }

  /** Prepares a call once: glare asks for it again if the call already rings here. */
  #prepare({ callId, offer }: Of<'prepare'>): void {
    if (!this.#links.find(callId)) this.#links.open(callId, 'callee').prepare(offer);
  }

  async #answer({ callId, media }: Of<'answer'>): Promise<void> {
    const { dispatch } = this.#options;
    const link = this.#links.find(callId);
    if (!link) return;
    const answer = await link.answer();
    const accepting = this.#request(callId, 'call:accept', { callId, answer });
    const { iceServers } = this;
    if (iceServers) await link.peer.startAnswer(iceServers);
    // Beside the accept, never before it: a permission prompt must not delay the connection.
    link.openSources(media);
    const accepted = await accepting;
    if (link.signal.aborted) return;
    if (!accepted.ok) {
      dispatch({ kind: 'accept-refused', callId, code: accepted.code });
      return;
    }
    dispatch({ kind: 'accepted', callId, v: accepted.v });
    if (!iceServers) await link.peer.startAnswer(accepted.iceServers);
    for (const signal of accepted.signals) {
      // One that does not fit changes nothing; without it there may be one path fewer.
      link.peer.handleSignal(signal).catch(() => undefined);
    }
  }

  async #handOver({ callId, lineId }: Of<'hand-over'>): Promise<void> {
    const { dispatch } = this.#options;
    const link = this.#links.open(callId, 'caller', lineId);
    const offer = await link.peer.prepareOffer();
    const answer = await this.#request(callId, 'call:move', { callId, lineId, offer });
    if (link.signal.aborted) return;
    if (!answer.ok) {
      dispatch({ kind: 'accept-refused', callId, code: answer.code });
      return;
    }
    dispatch({ kind: 'taken', callId, v: answer.v, connectedFor: answer.connectedFor });
    const starting = link.peer.startOffer(answer.iceServers);
    // Only now that the sources are known: a person who is muted on the other phone must not be heard from here.
    link.openOnly(answer);
    await starting;
  }

  async #resume(callId: CallId): Promise<void> {
    const link = this.#links.find(callId);
    const answer = await this.#request(callId, 'call:resume', { callId });
    if (!link || link.signal.aborted) return;
    if (!answer.ok) {
      if (answer.code === 'unknown-call') this.#options.dispatch({ kind: 'unknown', callId });
      return;
    }
    const { ok: _ok, ...state } = answer;
    this.#options.dispatch({ kind: 'state', state });
    // The server may have restarted since it passed the signals on; the other side drops those that it has.
    if (state.state === 'connecting') link.peer.repeatSignals();
  }

  #sendEnd({ callId, cause, lasted }: Of<'send-end'>): void {
    this.#links.find(callId)?.hangUp(cause);
    const end = { callId, ...(cause && { cause }), ...(lasted !== undefined && { lasted }) };
    // Not bound to the link, which is released right after.
    this.#untold.tell(end, this.#options.signaling());
  }

  /** Asks the server, for as long as the call has its link. */
  #request<E extends ClientEvent>(callId: CallId, event: E, payload: ClientPayload<E>): Promise<Answer<E>> {
    const link = this.#links.find(callId);
    const signaling = this.#options.signaling();
    if (!link || !signaling) return Promise.resolve(refuse('unavailable'));
    return signaling.request(event, payload, link.signal);
  }

  #attempt(callId: CallId, work: Promise<void> | undefined): void {
    const link = this.#links.find(callId);
    work?.catch(() => {
      if (link?.signal.aborted) return;
      this.#options.dispatch({ kind: 'setup-failed', callId, cause: 'media-failed' });
    });
  }
}
