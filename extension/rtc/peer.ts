import type { EndCause, IceServers } from '../../protocol/calls/call.ts';
import type { PeerMessage } from '../../protocol/calls/data-channel.ts';
import type { Signal } from '../../protocol/calls/signal.ts';
import { CandidateBatcher } from './candidate-batcher.ts';
import { systemClock } from './clock.ts';
import { Emitter } from './emitter.ts';
import { nextHealth, type Health } from './health.ts';
import { CONFIGURATION, Negotiation } from './negotiation.ts';
import { Outbox } from './outbox.ts';
import { PeerChannel } from './peer-channel.ts';
import type { PeerEvents, Slot } from './peer-types.ts';
import { FULL_PICTURE, nextPicture } from './picture-policy.ts';
import { read, type Reading } from './reading.ts';
import { Sampler } from './sampler.ts';
import { RelayWatch, type PathProblem } from './relay-watch.ts';
import { SerialQueue } from './serial-queue.ts';
import { Slots } from './slots.ts';
import { Watchdog } from './watchdog.ts';

/** How many signals from the data channel may wait; a side that sends more at once means no good. */
const SIGNAL_BACKLOG = 16;

/** Which end of the call this is, and how connections are made. */
export interface PeerOptions {
  side: 'caller' | 'callee';
  createConnection?: (configuration: RTCConfiguration) => RTCPeerConnection;
  /**
   * Whether only the relay may be used, so that the other side sees no address of this one; asked anew before each
   * gathering.
   */
  relayOnly?: () => boolean;
}

/**
 * The connection of one call, always of one shape: sound, camera, screen and a
 * data channel. It does not know who owns it: results go out as
 * {@link PeerEvents}. Nothing leaves the machine before `startOffer` or
 * `startAnswer`. Asynchronous methods reject with a `PeerError` only. Tracks
 * given to it stay their owner's to stop.
 */
export class Peer {
  readonly #end = new AbortController();
  readonly #events = new Emitter<PeerEvents>();
  readonly #slots = new Slots();
  readonly #queue = new SerialQueue(this.#end.signal);
  readonly #outbox = new Outbox((signal) => {
    this.#deliver(signal);
  });
  readonly #batcher = new CandidateBatcher(systemClock, (batch) => {
    this.#outbox.send({ kind: 'candidates', ...batch });
  });
  readonly #relay = new RelayWatch(systemClock);
  readonly #relayOnly: () => boolean;
  readonly #connection: RTCPeerConnection;
  readonly #channel: PeerChannel;
  readonly #negotiation: Negotiation;
  #health: Health = 'new';
  #watchdog: Watchdog | null = null;
  #sampler: Sampler | null = null;
  #picture = FULL_PICTURE;
  #lapseTold = false;

  constructor({
    side,
    createConnection = (c) => new RTCPeerConnection(c),
    relayOnly = () => false,
  }: PeerOptions) {
    const { signal } = this.#end;
    this.#relayOnly = relayOnly;
    const connection = (this.#connection = createConnection(CONFIGURATION));
    this.#channel = new PeerChannel({
      connection,
      clock: systemClock,
      onMessage: (message) => {
        this.#receive(message);
      },
      onFlood: (dropped) => {
        this.#events.emit('flooded', dropped);
      },
      signal,
    });
    this.#negotiation = new Negotiation({
      connection,
      polite: side === 'callee',
      clock: systemClock,
      slots: this.#slots,
      queue: this.#queue,
      outbox: this.#outbox,
      relayOnly,
    });
    connection.addEventListener(
      'icecandidate',
      ({ candidate }) => {
        if (candidate) {
          this.#relay.found(candidate.candidate);
          this.#batcher.add(candidate);
        } else this.#batcher.flush();
      },
      { signal },
    );
    connection.addEventListener(
      'icecandidateerror',
      (event) => {
        this.#relay.failed(event);
        this.#checkLapse();
      },
      { signal },
    );
    connection.addEventListener(
      'connectionstatechange',
      () => {
        this.#checkHealth();
      },
      { signal },
    );
  }

  /** The other side's tracks, all of them (muted while nothing comes) from `prepareOffer` or `prepareAnswer` until `close`. */
  get remote(): MediaStream {
    return this.#slots.remote;
  }

  /** The track that comes from one slot of the other side; null before `prepareOffer` or `prepareAnswer`. */
  remoteTrack(slot: Slot): MediaStreamTrack | null {
    return this.#slots.remoteTrack(slot);
  }

  on<K extends keyof PeerEvents>(
    name: K,
    listener: (event: PeerEvents[K]) => void,
    signal?: AbortSignal,
  ): void {
    this.#events.on(name, listener, signal);
  }

  /** Caller, first: resolves with an offer that reveals no address. */
  prepareOffer(): Promise<string> {
    return this.#negotiation.prepareOffer();
  }

  /** Caller: sets the prepared offer; candidates follow as signals. Harmless when repeated. */
  startOffer(iceServers: IceServers): Promise<void> {
    this.#use(iceServers);
    return this.#negotiation.startOffer(iceServers);
  }

  /** Caller, after Accept: the connection comes up. Harmless when repeated. */
  applyAnswer(sdp: string): Promise<void> {
    return this.#negotiation.applyAnswer(sdp);
  }

  /** Callee, while the call rings: resolves with an answer that reveals no address; sends no packet. */
  prepareAnswer(offer: string): Promise<string> {
    return this.#negotiation.prepareAnswer(offer);
  }

  /** Callee, at Accept: sets the prepared answer; candidates follow as signals. Harmless when repeated. */
  startAnswer(iceServers: IceServers): Promise<void> {
    this.#use(iceServers);
    return this.#negotiation.startAnswer(iceServers);
  }

  /** Takes what the other phone sent, in any order and any number of times. */
  handleSignal(signal: Signal): Promise<void> {
    return this.#negotiation.handle(signal);
  }

  /** Emits the signals of the current candidates and description again, e.g. after the socket was away. */
  repeatSignals(): void {
    this.#outbox.repeat();
  }

  /**
   * Sends `track` from a slot, or nothing; at any time. To mute, switch the
   * track's `enabled` off: when sound is taken away, the other side fills the
   * gap for up to a second with what it heard last.
   */
  setTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    return this.#queue.untilClosed(this.#slots.set(slot, track));
  }

  /**
   * The energy of the sound that the microphone has given to this connection so far, in no particular unit; null:
   * none yet.
   */
  soundEnergy(): Promise<number | null> {
    return this.#queue.untilClosed(this.#slots.energy());
  }

  /** Tells the other side what this one sends, now or as soon as it can be told. */
  announce(state: PeerEvents['remoteMedia']): void {
    this.#channel.announce(state);
  }

  /** Tells the other side directly that the call is over, if it can be reached. */
  hangUp(cause?: EndCause): void {
    this.#channel.send({ kind: 'hang-up', ...(cause && { cause }) });
  }

  /**
   * Restarts ICE while media go on; during the first exchange, right after it. `silence`: a restart that is running
   * is enough, and its offer is repeated; `network`: this machine's addresses may have changed.
   */
  restartIce(because: 'silence' | 'network'): Promise<void> {
    const restarted = this.#negotiation.restart(because);
    this.#checkLapse();
    return restarted;
  }

  /** Replaces the ICE servers, and looks for a new path with them. */
  renewIceServers(iceServers: IceServers): Promise<void> {
    this.#use(iceServers);
    return this.#negotiation.renew(iceServers);
  }

  /** Why there is no path to the other side, should there be none; null while none was looked for. */
  get pathProblem(): PathProblem | null {
    return this.#relay.problem;
  }

  /** Releases everything; nothing is emitted afterwards. */
  close(): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    this.#batcher.stop();
    this.#watchdog?.stop();
    this.#sampler?.stop();
    this.#connection.close();
    this.#slots.clear();
    this.#events.clear();
  }

  #use(iceServers: IceServers): void {
    this.#relay.use(iceServers, { relayOnly: this.#relayOnly() });
    this.#lapseTold = false;
  }

  #checkLapse(): void {
    if (this.#lapseTold || !this.#relay.lapsed) return;
    this.#lapseTold = true;
    this.#events.emit('relayLapsed', undefined);
  }

  #deliver(signal: Signal): void {
    this.#events.emit('signal', signal);
    // Over server and data channel: one may be cut, and the other side drops duplicates.
    this.#channel.send({ kind: 'signal', signal });
  }

  #receive(message: PeerMessage): void {
    this.#watchdog?.heard();
    switch (message.kind) {
      case 'heartbeat':
        break;
      case 'state': {
        const { kind: _kind, ...media } = message;
        this.#events.emit('remoteMedia', media);
        break;
      }
      case 'signal':
        // A description that the browser refuses changes nothing; it is the other side's fault.
        if (this.#queue.length < SIGNAL_BACKLOG) this.handleSignal(message.signal).catch(() => undefined);
        break;
      case 'reconnecting':
        this.#events.emit('remoteReconnecting', message.on);
        break;
      case 'hang-up':
        this.#events.emit('hangUp', { cause: message.cause });
        break;
    }
  }

  #checkHealth(): void {
    const state = this.#connection.connectionState;
    if (state === 'connected') {
      this.#watchdog ??= new Watchdog({
        clock: systemClock,
        packetsReceived: async () => (await this.#read()).arrived,
        onChange: () => {
          this.#checkHealth();
        },
      });
      this.#sampler ??= this.#startSampling();
    }
    const health = nextHealth(this.#health, state, this.#watchdog?.alive ?? true);
    if (health === this.#health) return;
    this.#health = health;
    if (health === 'new') return;
    // That packets arrive here does not mean that ours arrive there: one direction may be cut.
    this.#channel.send({ kind: 'reconnecting', on: health !== 'connected' });
    this.#events.emit(health, undefined);
  }

  async #read(): Promise<Reading> {
    return read(await this.#connection.getStats());
  }

  #startSampling(): Sampler {
    return new Sampler({
      clock: systemClock,
      read: () => this.#read(),
      onSample: (sample) => {
        this.#picture = nextPicture(this.#picture, sample, this.#slots.sends('camera'));
        const resting = this.#picture.step === 'rest';
        this.#adapt();
        this.#channel.rest(resting);
        this.#events.emit('sample', { ...sample, resting });
      },
    });
  }

  #adapt(): void {
    // A browser that refuses keeps its parameters; the next sample tries again.
    this.#slots.adapt(this.#picture.step).catch(() => undefined);
  }
}
