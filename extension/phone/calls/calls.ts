import type { Elsewhere, End, Media } from '../../../protocol/calls/call.ts';
import type { CallId } from '../../../protocol/ids.ts';
import type { Person } from '../../../protocol/presence/presence.ts';
import type { LocalSource, Permissions } from '../../ipc/snapshot.ts';
import type { Urgency } from '../connection/signaling-types.ts';
import type { Signaling } from '../connection/signaling.ts';
import type { Log } from '../log-ring.ts';
import { CallEffects } from './call-effects.ts';
import type { CallLink, LinkParts } from './links/call-link.ts';
import { CallLinks } from './links/call-links.ts';
import { isLive, type Phone } from './machine/phone.ts';
import { ringingHere } from './machine/ringing-here.ts';
import type { Step } from './machine/step.ts';
import { PhoneRunner } from './phone-runner.ts';
import { SourcesReport } from './sources/sources-report.ts';

interface Options {
  /** What each call's link needs. */
  link: LinkParts;
  /** Null while nobody is signed in. */
  signaling: () => Signaling | null;
  log: Log;
}

const urgencyOf = ({ current, incoming }: Phone): Urgency => {
  if (current?.kind === 'reconnecting') return 'lost';
  // Also while the end of a call is in view, because the server may still have to hear of it.
  return current !== null || incoming.length > 0 ? 'call' : 'calm';
};

/** Whether a source is on, or will be as soon as it is there. */
const isWanted = ({ kind }: LocalSource): boolean => kind === 'on' || kind === 'starting';

/**
 * All calls of this phone, put together. Function calls go to the right; answers and events come back, and an
 * emitter does not know its listeners:
 *
 * ```
 *   person, server ──▶ machine ──effect──▶ effects ──▶ links ──▶ peers, captures
 *                       ▲   │                 │          │
 *                       └───┼──── answers ────┴─ happened┤
 *                           │ changed                    │ changed
 *                           ▼                            │
 *                       followCalls ◀────────────────────┘      view, sounds, stage, details
 * ```
 */
export class Calls {
  readonly machine: PhoneRunner;
  readonly links: CallLinks;
  readonly #effects: CallEffects;
  readonly #sources = new SourcesReport();
  readonly #signaling: Options['signaling'];

  constructor({ link, signaling, log }: Options) {
    this.#signaling = signaling;
    const machine = (this.machine = new PhoneRunner(log));
    const links = (this.links = new CallLinks(link));
    const dispatch = machine.dispatch.bind(machine);
    const effects = (this.#effects = new CallEffects({ links, signaling, dispatch }));

    machine.on('effect', (effect) => {
      effects.run(effect);
    });
    links.on('happened', dispatch);
    links.on('signal', (signal) => {
      effects.sendSignal(signal);
    });
    links.on('relayLapsed', (lapsed) => void effects.renewIceServers(lapsed));
    links.on('flooded', ({ dropped }) => {
      log('flooded', { dropped });
    });
    machine.on('changed', ({ now }) => {
      signaling()?.setUrgency(urgencyOf(now));
      this.#reportSources();
    });
    links.on('changed', () => {
      this.#reportSources();
    });
  }

  /** The call that this phone holds, for the handshake. */
  get heldCall(): CallId | undefined {
    const { current } = this.phone;
    return isLive(current) ? current.callId : undefined;
  }

  /** The end of a call that the server has not acknowledged, for the handshake. */
  get untoldEnd(): End | undefined {
    return this.#effects.untoldEnd;
  }

  get phone(): Phone {
    return this.machine.phone;
  }

  /** The link of the call that is up or being placed. */
  get currentLink(): CallLink | null {
    return this.links.currentOf(this.phone);
  }

  /** Listens to a new connection. */
  attach(signaling: Signaling): void {
    const { machine, links } = this;
    signaling.on('session:ready', ({ ringing, queue, iceServers }) => {
      this.#effects.iceServers = iceServers;
      // A server that has restarted has forgotten the sources.
      this.#sources.forget();
      this.#reportSources();
      machine.dispatch({ kind: 'online', queue });
      for (const incoming of ringing) machine.dispatch({ kind: 'incoming', ...incoming });
    });
    signaling.on('call:incoming', (incoming) => {
      machine.dispatch({ kind: 'incoming', ...incoming });
    });
    signaling.on('call:queue', (queue) => {
      machine.dispatch({ kind: 'queue', queue });
    });
    signaling.on('call:state', (state) => {
      machine.dispatch({ kind: 'state', state });
    });
    signaling.on('call:moving', (moving) => {
      machine.dispatch({ kind: 'moving', ...moving });
    });
    signaling.on('call:signal', ({ callId, lineId, signal }) => {
      links.find(callId)?.handleSignal(lineId ?? null, signal);
    });
  }

  dial(peer: Person, media: Media): Step['outcome'] {
    return this.machine.dispatch({ kind: 'dial', callId: crypto.randomUUID(), peer, media });
  }

  /** Continues here a call that is up on another phone of the person. */
  handOver({ callId, peer, media }: Elsewhere): Step['outcome'] {
    return this.machine.dispatch({ kind: 'hand-over', callId, lineId: crypto.randomUUID(), peer, media });
  }

  /** Without a `callId`: the foremost call that rings. Without `media`: as the caller asked. */
  accept(callId?: CallId, media?: Media): Step['outcome'] {
    const call = this.#ringing(callId);
    if (!call) return 'stale';
    return this.machine.dispatch({ kind: 'accept', callId: call.callId, media: media ?? call.media });
  }

  decline(callId?: CallId): Step['outcome'] {
    const call = this.#ringing(callId);
    return call ? this.machine.dispatch({ kind: 'decline', callId: call.callId }) : 'stale';
  }

  hangUp(): Step['outcome'] {
    return this.machine.dispatch({ kind: 'hang-up' });
  }

  dismiss(callId: CallId): Step['outcome'] {
    return this.machine.dispatch({ kind: 'dismiss', callId });
  }

  /** The browser has another network, or one again. */
  networkChanged(): void {
    this.machine.dispatch({ kind: 'network-changed' });
  }

  /** Ends everything at once. */
  stop(): void {
    this.machine.dispatch({ kind: 'stopped' });
  }

  /** Tries again to open what failed without a permission that is now granted. */
  retryCapture(permissions: Permissions): void {
    for (const source of ['microphone', 'camera'] as const) {
      if (permissions[source] === 'granted') this.currentLink?.[source].retry('permission');
    }
  }

  /** A device came or went, or another one was chosen. */
  followDevices(): void {
    this.currentLink?.followDevices();
  }

  #ringing(callId?: CallId) {
    const { incoming } = this.phone;
    return callId === undefined
      ? ringingHere(this.phone)[0]
      : incoming.find((call) => call.callId === callId);
  }

  #reportSources(): void {
    const { current } = this.phone;
    const link = this.currentLink;
    if (!link || (current?.kind !== 'active' && current?.kind !== 'reconnecting')) {
      this.#sources.forget();
      return;
    }
    const { callId } = current;
    const on = (source: 'microphone' | 'camera'): boolean => isWanted(link[source].view);
    this.#sources.follow({ callId, microphone: on('microphone'), camera: on('camera') }, this.#signaling());
  }
}
