import type { EndCause, IceServers, Media } from '../../../../protocol/calls/call.ts';
import type { CallId, LineId } from '../../../../protocol/ids.ts';
import type { Signal } from '../../../../protocol/calls/signal.ts';
import { widen } from '../../../media/camera-size.ts';
import type { CaptureSource } from '../../../media/open-capture.ts';
import type { CallDetails } from '../../../ipc/call-details.ts';
import type { CallView } from '../../../ipc/snapshot.ts';
import type { Emitter } from '../../../rtc/emitter.ts';
import { Peer } from '../../../rtc/peer.ts';
import type { PathProblem } from '../../../rtc/relay-watch.ts';
import { CallQuality } from '../call-quality.ts';
import { CallDevices, type Machine } from '../sources/call-devices.ts';
import type { LinkEvents } from './link-events.ts';
import { LinkPeers } from './link-peers.ts';
import { LocalCapture, type OpenCapture } from '../sources/local-capture.ts';
import { MicrophoneHints, type Hearing } from '../sources/microphone-hints.ts';
import { PictureWatch } from '../sources/picture-watch.ts';

/** Which call, and which end of it this is. */
interface LinkOf {
  callId: CallId;
  side: 'caller' | 'callee';
  /** The connection's id, when this phone takes the call over; null: the call's first. */
  lineId: LineId | null;
}

/** What a link needs of the browser and of its person's choices. */
export interface LinkParts {
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  openCapture: OpenCapture;
  hearing: Hearing;
  /** How many frames a camera's track has had; null: that cannot be told. */
  framesOf: (track: MediaStreamTrack) => number | null;
  /** Devices and choices as they are now. */
  machine: () => Machine;
  /**
   * Whether only the relay may be used, which hides this person's address; asked anew whenever a path is looked
   * for.
   */
  relayOnly: () => boolean;
}

/**
 * Milliseconds after which a ringing phone makes its answer. Making a connection keeps this thread busy; ringing
 * comes first, and nobody accepts that fast.
 */
const PREPARE_AFTER = 40;

/** Milliseconds after connecting when the camera goes to its full size: sound and first picture come before. */
const WIDEN_AFTER = 2_000;

/**
 * What one call holds of this machine: its peer connections, microphone and camera. `release` ends all of
 * it at once, and whatever waits on `signal` with it.
 */
export class CallLink {
  readonly #end = new AbortController();
  readonly signal = this.#end.signal;
  readonly microphone: LocalCapture;
  readonly camera: LocalCapture;
  readonly #devices: CallDevices;
  readonly #hints: MicrophoneHints;
  readonly #picture: PictureWatch;
  readonly #callId: CallId;
  readonly #parts: LinkParts;
  readonly #events: Pick<Emitter<LinkEvents>, 'emit'>;
  readonly #peers: LinkPeers;
  readonly #quality = new CallQuality();
  #offer: string | null = null;
  #answer: Promise<string> | null = null;
  #widenTimer: ReturnType<typeof setTimeout> | undefined;
  #wide = false;

  constructor({ callId, side, lineId }: LinkOf, parts: LinkParts, events: Pick<Emitter<LinkEvents>, 'emit'>) {
    this.#callId = callId;
    this.#parts = parts;
    this.#events = events;
    const onChange = (): void => {
      events.emit('changed', undefined);
    };
    this.#peers = new LinkPeers({
      side,
      lineId,
      makePeer: (of) => this.#connect(of),
      onChange,
    });
    this.microphone = this.#capture('microphone');
    this.camera = this.#capture('camera');
    const { microphone, camera, signal } = this;
    this.#devices = new CallDevices({
      machine: parts.machine,
      captures: { microphone, camera },
      onChange,
      signal,
    });
    this.#picture = new PictureWatch({ capture: camera, framesOf: parts.framesOf, signal });
    this.#hints = new MicrophoneHints({
      capture: microphone,
      ...parts.hearing,
      energy: () => this.peer.soundEnergy().catch(() => null),
      onChange,
      signal,
    });
  }

  /** The peer connection that carries the call, made when it is first needed. */
  get peer(): Peer {
    return this.#peers.current;
  }

  /** Why there is no path, should there be none; null while none was looked for. */
  get pathProblem(): PathProblem | null {
    return this.#peers.pathProblem;
  }

  get view(): Omit<CallView, 'callId' | 'peer' | 'media' | 'direction' | 'phase'> {
    const { microphone, camera } = this;
    return {
      microphone: microphone.view,
      camera: camera.view,
      remote: this.#peers.remote,
      quality: this.#quality.view(camera.view.kind === 'on'),
      deviceNotices: this.#devices.notices,
      hint: this.#hints.hint,
    };
  }

  get details(): CallDetails {
    return this.#quality.details;
  }

  /** Takes the offer of a call that rings, and makes the answer soon; see `answer`. */
  prepare(offer: string): void {
    this.#offer = offer;
    const timer = setTimeout(() => {
      // A failure is reported at Accept; until then it concerns nobody.
      this.answer().catch(() => undefined);
    }, PREPARE_AFTER);
    this.signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  }

  /** The answer to the offer of `prepare`, made now if it is not there yet. */
  answer(): Promise<string> {
    this.#answer ??= this.peer.prepareAnswer(this.#offer ?? '');
    return this.#answer;
  }

  /** Passes a signal of another phone to the connection that it belongs to. */
  handleSignal(lineId: LineId | null, signal: Signal): void {
    // One that does not fit changes nothing; without it there may be one path fewer.
    this.#peers
      .find(lineId)
      ?.handleSignal(signal)
      .catch(() => undefined);
  }

  /** Answers the offer of another phone that takes the call over, beside the connection there is. */
  async succeed(lineId: LineId, offer: string, iceServers: IceServers): Promise<void> {
    const peer = this.#peers.succeed(lineId);
    await peer.prepareAnswer(offer);
    await peer.startAnswer(iceServers);
    // The answer goes by signal here: there is no Accept that would carry it.
    peer.repeatSignals();
  }

  /** The second connection carries the call from now on. */
  switchOver(): void {
    this.#peers.switchOver();
  }

  dropNextLink(): void {
    this.#peers.dropNext();
  }

  /** Asks for each source by itself: sound never waits for the camera. */
  openSources(media: Media): void {
    this.microphone.turnOn();
    if (media === 'video') this.camera.turnOn();
  }

  /** A device came or went, or another one was chosen. */
  followDevices(): void {
    this.#devices.follow();
    this.#devices.retry();
  }

  /** Opens what was on at the phone that the call is taken from, and announces the sources even if nothing was. */
  openOnly({ microphone, camera }: { microphone: boolean; camera: boolean }): void {
    if (microphone) this.microphone.turnOn();
    if (camera) this.camera.turnOn();
    this.#sourceChanged();
  }

  /** Tells the other side of the end directly, if there is a connection to do so. */
  hangUp(cause?: EndCause): void {
    this.#peers.hangUp(cause);
  }

  release(): void {
    clearTimeout(this.#widenTimer);
    this.#end.abort();
    this.#peers.close();
  }

  #connect({ side, lineId }: Pick<LinkOf, 'side' | 'lineId'>): Peer {
    const { relayOnly, createConnection } = this.#parts;
    const peer = new Peer({ side, relayOnly, createConnection });
    const callId = this.#callId;
    // The machine knows one connection: the one that carries the call.
    const happened = (happening: LinkEvents['happened']): void => {
      if (this.#peers.isCurrent(peer)) this.#events.emit('happened', happening);
    };
    peer.on('connected', () => {
      happened({ kind: 'peer-connected', callId });
    });
    peer.on('interrupted', () => {
      happened({ kind: 'peer-interrupted', callId });
    });
    peer.on('failed', () => {
      happened({ kind: 'peer-failed', callId });
    });
    peer.on('hangUp', ({ cause }) => {
      happened({ kind: 'peer-hung-up', callId, cause });
    });
    peer.on('signal', (signal) => {
      this.#events.emit('signal', { callId, lineId, signal, until: this.signal });
    });
    peer.on('relayLapsed', () => {
      this.#events.emit('relayLapsed', { callId, peer });
    });
    peer.on('flooded', (dropped) => {
      this.#events.emit('flooded', { dropped });
    });
    peer.on('connected', () => {
      this.#hints.connected();
      this.#widenTimer ??= setTimeout(() => {
        this.#wide = true;
        this.#widen(this.camera.track);
      }, WIDEN_AFTER);
    });
    peer.on('sample', (sample) => {
      if (!this.#peers.isCurrent(peer)) return;
      this.#quality.take(sample);
      this.#events.emit('sampled', { callId });
      this.#events.emit('changed', undefined);
    });
    return peer;
  }

  #capture(source: CaptureSource): LocalCapture {
    return new LocalCapture({
      source,
      open: this.#parts.openCapture,
      signal: this.signal,
      attach: (track) => {
        this.#peers.setTrack(source, track);
        if (source === 'camera') this.#widen(track);
      },
      onChange: () => {
        this.#sourceChanged();
      },
      onLost: () => {
        this.#events.emit('deviceLost', undefined);
      },
      onKept: () => {
        this.#devices.refused(source);
      },
    });
  }

  #widen(camera: MediaStreamTrack | null): void {
    if (this.#wide && camera) void widen(camera);
  }

  #sourceChanged(): void {
    if (this.signal.aborted) return;
    this.#devices.follow();
    this.#hints.follow();
    this.#picture.follow();
    this.#peers.announce({
      microphone: this.microphone.view.kind === 'on',
      camera: this.camera.view.kind === 'on',
      screen: false,
    });
    this.#events.emit('changed', undefined);
  }
}
