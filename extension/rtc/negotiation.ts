import type { IceServers } from '../../protocol/calls/call.ts';
import type { Signal } from '../../protocol/calls/signal.ts';
import { CandidateInbox } from './candidate-inbox.ts';
import type { Clock } from './clock.ts';
import type { Outbox } from './outbox.ts';
import { PeerError } from './peer-error.ts';
import { Seen } from './seen.ts';
import type { SerialQueue } from './serial-queue.ts';
import type { Slots } from './slots.ts';
import { withSpeechOptions } from './speech-sdp.ts';
import { TokenBucket } from './token-bucket.ts';
import { toRtcIceServers } from './to-rtc-ice-servers.ts';
import { ufragOf } from './ufrag.ts';

type DescriptionSignal = Extract<Signal, { kind: 'description' }>;

/** Where the first exchange stands; after it, both sides may start another one. */
type Stage = 'new' | 'offer-prepared' | 'offered' | 'answer-prepared' | 'established';

/** Early descriptions that are kept; there is at most one in good faith. */
const EARLY_DESCRIPTIONS = 2;

/**
 * How many of the other side's descriptions this one works on: each costs it some 20 ms, in the document that owns
 * "Hang up". A side that keeps looking for a path sends one every eight seconds, and each arrives twice: over the
 * server and over the data channel.
 */
const DESCRIPTIONS = { size: 40, perSecond: 0.5 } as const;

/** What negotiation works on. */
export interface NegotiationOptions {
  connection: RTCPeerConnection;
  /** Fixed by role: the callee gives way when both sides offer at once. */
  polite: boolean;
  clock: Pick<Clock, 'now'>;
  slots: Pick<Slots, 'create' | 'adopt'>;
  queue: SerialQueue;
  outbox: Outbox;
  /** Whether only the relay may be used; asked anew before each gathering. */
  relayOnly: () => boolean;
}

export const CONFIGURATION: RTCConfiguration = { bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' };

/** Candidates are always trickled: in a description, one that the other side refuses would spoil the whole. */
const withoutCandidates = (sdp: string): string =>
  sdp.replace(/^a=(?:candidate:.*|end-of-candidates)\r?\n/gm, '');

/** A description as it is sent to the other side; its audio options configure the other side's encoder. */
const asTold = (sdp: string): string => withSpeechOptions(withoutCandidates(sdp));

/** The signal that tells a description; null for one without ICE, which no connection makes. */
const describing = (type: 'offer' | 'answer', sdp: string): Omit<DescriptionSignal, 'seq'> | null => {
  const ufrag = ufragOf(sdp);
  return ufrag === null ? null : { kind: 'description', ufrag, description: { type, sdp: asTold(sdp) } };
};

/** A connection refuses a description with one of several errors; which one makes no difference. */
const orRefused = async <T>(step: Promise<T>): Promise<T> => {
  try {
    return await step;
  } catch (cause) {
    throw new PeerError('refused', { cause });
  }
};

/**
 * Offers and answers of one connection ("perfect negotiation" with roles fixed,
 * W3C WebRTC section 10.7). All steps run one after the other, so that the
 * connection's own `signalingState` is the only state of a negotiation:
 *
 *     new ─ prepareOffer → offer-prepared ─ startOffer → offered ─ applyAnswer ┐
 *      └─── prepareAnswer → answer-prepared ─ startAnswer ─────────────────────┴→ established ⟲ restart
 */
export class Negotiation {
  readonly #connection: RTCPeerConnection;
  readonly #polite: boolean;
  readonly #slots: NegotiationOptions['slots'];
  readonly #queue: SerialQueue;
  readonly #outbox: Outbox;
  readonly #relayOnly: () => boolean;
  readonly #descriptions: TokenBucket;
  readonly #inbox = new CandidateInbox();
  readonly #seen = new Seen();
  readonly #early: DescriptionSignal[] = [];
  #iceServers: IceServers = [];
  #stage: Stage = 'new';
  #prepared: RTCLocalSessionDescriptionInit = {};
  #restartWanted = false;
  /** The highest number of a description that came. */
  #newest = -1;
  /** Number of the offer that was answered last. */
  #answered: number | null = null;

  constructor({ connection, polite, clock, slots, queue, outbox, relayOnly }: NegotiationOptions) {
    this.#connection = connection;
    this.#polite = polite;
    this.#slots = slots;
    this.#queue = queue;
    this.#outbox = outbox;
    this.#relayOnly = relayOnly;
    this.#descriptions = new TokenBucket(clock, DESCRIPTIONS);
  }

  prepareOffer(): Promise<string> {
    return this.#queue.run(async () => {
      this.#expect('new');
      this.#slots.create(this.#connection);
      const { sdp = '' } = (this.#prepared = await orRefused(this.#connection.createOffer()));
      this.#stage = 'offer-prepared';
      return asTold(sdp);
    });
  }

  startOffer(iceServers: IceServers): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#stage === 'offered' || this.#stage === 'established') return;
      this.#expect('offer-prepared');
      await this.#gather(iceServers);
      this.#stage = 'offered';
      // An answer that came by signal may have overtaken the acknowledgement that starts this.
      for (const signal of this.#early.splice(0)) await this.#describe(signal);
    });
  }

  applyAnswer(sdp: string): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#stage === 'established') return;
      this.#expect('offered');
      await this.#setRemote({ type: 'answer', sdp });
      await this.#establish(sdp);
    });
  }

  prepareAnswer(offer: string): Promise<string> {
    return this.#queue.run(async () => {
      this.#expect('new');
      await this.#setRemote({ type: 'offer', sdp: offer });
      this.#slots.adopt(this.#connection);
      const { sdp = '' } = (this.#prepared = await orRefused(this.#connection.createAnswer()));
      this.#stage = 'answer-prepared';
      return asTold(sdp);
    });
  }

  startAnswer(iceServers: IceServers): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#stage === 'established') return;
      this.#expect('answer-prepared');
      // The answer went with `call:accept`. It is kept, because a server that has restarted since cannot repeat it
      // to the caller.
      const answer = describing('answer', this.#prepared.sdp ?? '');
      if (answer) this.#outbox.keep(answer);
      await this.#gather(iceServers);
      await this.#establish(this.#connection.remoteDescription?.sdp ?? '');
    });
  }

  /** Takes what the other phone sent. Descriptions above the bound are ignored, as if they had never come. */
  handle(signal: Signal): Promise<void> {
    if (signal.kind === 'description' && !this.#descriptions.take()) return Promise.resolve();
    return this.#queue.run(async () => {
      const isNew = this.#seen.add(signal.seq);
      if (signal.kind === 'candidates') {
        if (isNew) await this.#add(signal.ufrag, this.#inbox.receive(signal.ufrag, signal.candidates));
      } else if (isNew) {
        const overtaken = signal.seq < this.#newest;
        this.#newest = Math.max(this.#newest, signal.seq);
        // The sender has made a newer offer since: an answer would prepare a path on which nobody listens.
        if (!overtaken || signal.description.type === 'answer') await this.#describe(signal);
      } else if (signal.seq === this.#answered) {
        // Repeated, because our answer did not arrive.
        this.#outbox.repeat();
      }
    });
  }

  /** Replaces the ICE servers, and looks for a new path with them. */
  renew(iceServers: IceServers): Promise<void> {
    this.#iceServers = iceServers;
    return this.restart('network');
  }

  restart(because: 'silence' | 'network'): Promise<void> {
    return this.#queue.run(async () => {
      // A pending offer is not replaced: its answer could not be told from the new one's.
      const waiting = this.#connection.signalingState === 'have-local-offer';
      if (waiting) this.#outbox.repeat();
      if (!waiting || this.#stage !== 'established' || because === 'network') this.#restartWanted = true;
      await this.#restartIfWanted();
    });
  }

  #expect(stage: Stage): void {
    if (this.#stage !== stage) throw new PeerError('wrong-state');
  }

  async #gather(iceServers: IceServers): Promise<void> {
    this.#iceServers = iceServers;
    this.#configure();
    await orRefused(this.#connection.setLocalDescription(this.#prepared));
  }

  #configure(): void {
    this.#connection.setConfiguration({
      ...CONFIGURATION,
      iceServers: toRtcIceServers(this.#iceServers),
      iceTransportPolicy: this.#relayOnly() ? 'relay' : 'all',
    });
  }

  async #setRemote(description: RTCSessionDescriptionInit): Promise<void> {
    await orRefused(this.#connection.setRemoteDescription(description));
  }

  async #establish(remoteSdp: string): Promise<void> {
    this.#stage = 'established';
    await this.#open(remoteSdp);
    // One that the browser refuses does not undo what has just been established.
    for (const signal of this.#early.splice(0)) await this.#describe(signal).catch(() => undefined);
    await this.#restartIfWanted();
  }

  /** Lets candidates of this description in, those that came early first. */
  async #open(remoteSdp: string): Promise<void> {
    const ufrag = ufragOf(remoteSdp);
    if (ufrag !== null) await this.#add(ufrag, this.#inbox.open(ufrag));
  }

  async #add(ufrag: string, candidates: RTCIceCandidateInit[]): Promise<void> {
    // One that the browser refuses is one path fewer, not the end of the call.
    await Promise.allSettled(
      candidates.map((candidate) =>
        this.#connection.addIceCandidate({ ...candidate, usernameFragment: ufrag }),
      ),
    );
  }

  async #describe(signal: DescriptionSignal): Promise<void> {
    const { type, sdp } = signal.description;
    if (this.#stage === 'offered' && type === 'answer') {
      await this.#setRemote({ type, sdp });
      await this.#establish(sdp);
      return;
    }
    if (this.#stage !== 'established') {
      if (this.#early.length < EARLY_DESCRIPTIONS) this.#early.push(signal);
      return;
    }
    const offering = this.#connection.signalingState === 'have-local-offer';
    if (type === 'answer') {
      if (!offering) return;
      await this.#setRemote({ type, sdp });
      await this.#open(sdp);
    } else {
      if (offering && !this.#polite) return;
      // Rolls back an own offer; this one's answer gives both sides new candidates just the same.
      await this.#setRemote({ type, sdp });
      this.#configure();
      const answer = await orRefused(this.#connection.createAnswer());
      await orRefused(this.#connection.setLocalDescription(answer));
      this.#answered = signal.seq;
      this.#tell('answer', answer.sdp ?? '');
      await this.#open(sdp);
    }
    await this.#restartIfWanted();
  }

  async #restartIfWanted(): Promise<void> {
    if (!this.#restartWanted || this.#stage !== 'established' || this.#connection.signalingState !== 'stable')
      return;
    this.#restartWanted = false;
    this.#configure();
    const offer = await orRefused(this.#connection.createOffer({ iceRestart: true }));
    await orRefused(this.#connection.setLocalDescription(offer));
    this.#tell('offer', offer.sdp ?? '');
  }

  #tell(type: 'offer' | 'answer', sdp: string): void {
    const description = describing(type, sdp);
    if (description) this.#outbox.send(description);
  }
}
