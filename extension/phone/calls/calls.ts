import type { Elsewhere, End, IceServers, Media } from '../../../protocol/calls/call.ts';
import type { CallId, LineId } from '../../../protocol/ids.ts';
import type { Person } from '../../../protocol/presence/presence.ts';
import { isLive, type CurrentCall, type Phone } from './machine/phone.ts';
import { ringingHere } from './machine/ringing-here.ts';
import type { Step } from './machine/step.ts';
import type { CallDetails } from '../../ipc/call-details.ts';
import type { CallView, IncomingView, LocalSource, Permissions, Settings } from '../../ipc/snapshot.ts';
import type { Peer } from '../../rtc/peer.ts';
import type { PathProblem } from '../../rtc/relay-watch.ts';
import type { Urgency } from '../connection/signaling-types.ts';
import type { Signaling } from '../connection/signaling.ts';
import type { Machine } from './sources/call-devices.ts';
import { CallEffects } from './call-effects.ts';
import { CallLink } from './links/call-link.ts';
import type { CallSounds } from './call-sounds.ts';
import { callView, incomingViews } from './view/call-view.ts';
import type { OpenCapture } from './sources/local-capture.ts';
import type { Hearing } from './sources/microphone-hints.ts';
import type { Log } from '../log-ring.ts';
import { PhoneRunner } from './phone-runner.ts';
import { SourcesReport } from './sources/sources-report.ts';
import type { Stage } from './links/stage.ts';
import { UntoldEnd } from './untold-end.ts';

interface Options {
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  openCapture: OpenCapture;
  hearing: Hearing;
  machine: () => Machine;
  onDeviceLost: () => void;
  sounds: CallSounds;
  stage: Stage;
  settings: () => Settings;
  /** Whether this person's address is hidden. */
  relayOnly: () => boolean;
  /** Null while nobody is signed in. */
  signaling: () => Signaling | null;
  onChange: (views: { call: CallView | null; incoming: IncomingView[]; waiting: number }) => void;
  /** How the connection of the current call does, at each sample; none once it is over. */
  onDetails: (details: CallDetails) => void;
  /** Every millisecond counts now: a call is placed, or its connection made. */
  onUrgent: (kind: 'dialing' | 'connecting') => void;
  log: Log;
}

const urgencyOf = ({ current, incoming }: Phone): Urgency => {
  if (current?.kind === 'reconnecting') return 'lost';
  // Also while its end is in view: the server may have to hear of it still.
  return current !== null || incoming.length > 0 ? 'call' : 'calm';
};

/** Whether a source is on, or will be as soon as it is there. */
const isWanted = ({ kind }: LocalSource): boolean => kind === 'on' || kind === 'starting';

/** All calls of this phone: the machine, and for each call that rings or runs the line that it holds. */
export class Calls {
  readonly #options: Options;
  readonly #lines = new Map<CallId, CallLink>();
  readonly #runner: PhoneRunner;
  readonly #effects: CallEffects;
  /** Why the call that ended last found no path. */
  #failure: { callId: CallId; problem: PathProblem } | null = null;
  readonly #untold = new UntoldEnd();
  readonly #sources = new SourcesReport();
  #iceServers: IceServers | null = null;

  constructor(options: Options) {
    this.#options = options;
    const effects = (this.#effects = new CallEffects({
      open: (callId, side, lineId) => this.#open(callId, side, lineId ?? null),
      find: (callId) => this.#lines.get(callId),
      release: (callId) => {
        this.#release(callId);
      },
      signaling: options.signaling,
      iceServers: () => this.#iceServers,
      dispatch: (happening) => {
        this.#runner.dispatch(happening);
      },
      tellEnd: (end) => {
        this.#untold.tell(end, options.signaling());
      },
    }));
    this.#runner = new PhoneRunner({
      run: (effect) => {
        effects.run(effect);
      },
      onChange: (now, before) => {
        this.#changed(now, before);
      },
      log: options.log,
    });
  }

  /** The call that this phone holds, for the handshake. */
  get heldCall(): CallId | undefined {
    const { current } = this.#runner.phone;
    return isLive(current) ? current.callId : undefined;
  }

  /** The end of a call that the server has not acknowledged, for the handshake. */
  get untoldEnd(): End | undefined {
    return this.#untold.end;
  }

  get phone(): Phone {
    return this.#runner.phone;
  }

  /** Listens to a new connection. */
  attach(signaling: Signaling): void {
    signaling.on('session:ready', ({ ringing, queue, iceServers }) => {
      this.#iceServers = iceServers;
      // A restarted server does not know any more.
      this.#sources.forget();
      this.#reportSources(this.#runner.phone.current, this.currentLink);
      this.#runner.dispatch({ kind: 'online', queue });
      for (const incoming of ringing) this.#runner.dispatch({ kind: 'incoming', ...incoming });
    });
    signaling.on('call:incoming', (incoming) => {
      this.#runner.dispatch({ kind: 'incoming', ...incoming });
    });
    signaling.on('call:queue', (queue) => {
      this.#runner.dispatch({ kind: 'queue', queue });
    });
    signaling.on('call:state', (state) => {
      this.#runner.dispatch({ kind: 'state', state });
    });
    signaling.on('call:moving', (moving) => {
      this.#runner.dispatch({ kind: 'moving', ...moving });
    });
    signaling.on('call:signal', ({ callId, lineId, signal }) => {
      this.#lines.get(callId)?.handleSignal(lineId ?? null, signal);
    });
  }

  dial(peer: Person, media: Media): Step['outcome'] {
    return this.#runner.dispatch({ kind: 'dial', callId: crypto.randomUUID(), peer, media });
  }

  /** Continues a call here that is up on another of the person's devices. */
  takeOver({ callId, peer, media }: Elsewhere): Step['outcome'] {
    return this.#runner.dispatch({ kind: 'take-over', callId, lineId: crypto.randomUUID(), peer, media });
  }

  /** Without a `callId`: the foremost call that rings. Without `media`: as the caller asked. */
  accept(callId?: CallId, media?: Media): Step['outcome'] {
    const call = this.#ringing(callId);
    if (!call) return 'stale';
    return this.#runner.dispatch({ kind: 'accept', callId: call.callId, media: media ?? call.media });
  }

  decline(callId?: CallId): Step['outcome'] {
    const call = this.#ringing(callId);
    return call ? this.#runner.dispatch({ kind: 'decline', callId: call.callId }) : 'stale';
  }

  hangUp(): Step['outcome'] {
    return this.#runner.dispatch({ kind: 'hang-up' });
  }

  dismiss(callId: CallId): Step['outcome'] {
    return this.#runner.dispatch({ kind: 'dismiss', callId });
  }

  /** The browser has another network, or one again. */
  networkChanged(): void {
    this.#runner.dispatch({ kind: 'network-changed' });
  }

  /** Ends everything at once. */
  stop(): void {
    this.#runner.dispatch({ kind: 'stopped' });
  }

  /** The line of the call that is up or being placed. */
  get currentLink(): CallLink | null {
    const { current } = this.#runner.phone;
    return isLive(current) ? (this.#lines.get(current.callId) ?? null) : null;
  }

  /** What failed for want of a permission that is there now is tried again. */
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
    const { incoming } = this.#runner.phone;
    return callId === undefined
      ? ringingHere(this.#runner.phone)[0]
      : incoming.find((call) => call.callId === callId);
  }

  #open(callId: CallId, side: 'caller' | 'callee', lineId: LineId | null): CallLink {
    const line: CallLink = new CallLink({
      side,
      lineId,
      createConnection: this.#options.createConnection,
      openCapture: this.#options.openCapture,
      hearing: this.#options.hearing,
      machine: this.#options.machine,
      onDeviceLost: this.#options.onDeviceLost,
      relayOnly: this.#options.relayOnly,
      onPeer: (peer, id) => {
        this.#listen(callId, id, peer, line);
      },
      onChange: () => {
        this.#show();
      },
      onSample: () => {
        if (this.currentLink === line) this.#options.onDetails(line.details);
        this.#show();
      },
    });
    this.#lines.set(callId, line);
    return line;
  }

  #listen(callId: CallId, lineId: LineId | null, peer: Peer, line: CallLink): void {
    peer.on('signal', (signal) => {
      const payload = { callId, ...(lineId !== null && { lineId }), signal };
      void this.#options.signaling()?.request('call:signal', payload, line.signal);
    });
    // The machine knows of one connection: the one that carries the call.
    const tell = (kind: 'peer-connected' | 'peer-interrupted' | 'peer-failed'): void => {
      if (line.isCurrent(peer)) this.#runner.dispatch({ kind, callId });
    };
    peer.on('connected', () => {
      tell('peer-connected');
    });
    peer.on('interrupted', () => {
      tell('peer-interrupted');
    });
    peer.on('failed', () => {
      tell('peer-failed');
    });
    peer.on('relayLapsed', () => {
      void this.#effects.renewIceServers(callId, peer);
    });
    peer.on('flooded', (dropped) => {
      this.#options.log('flooded', { dropped });
    });
    peer.on('hangUp', ({ cause }) => {
      if (line.isCurrent(peer)) this.#runner.dispatch({ kind: 'peer-hung-up', callId, cause });
    });
  }

  #release(callId: CallId): void {
    const line = this.#lines.get(callId);
    const { current } = this.#runner.phone;
    const failed =
      current?.kind === 'ended' && current.reason === 'media-failed' && current.callId === callId;
    const problem = failed && line ? line.pathProblem : null;
    if (problem !== null) {
      this.#failure = { callId, problem };
      this.#options.log('no-path', { problem });
    }
    line?.release();
    this.#lines.delete(callId);
    if (!this.currentLink) this.#options.onDetails({ samples: [] });
    this.#show();
  }

  #changed(now: Phone, before: Phone): void {
    const { current } = now;
    const urgent = current?.kind === 'dialing' || current?.kind === 'connecting';
    if (urgent && before.current?.kind !== current.kind) this.#options.onUrgent(current.kind);
    this.#options.sounds.follow(now, before, this.#options.settings());
    this.#options.signaling()?.setUrgency(urgencyOf(now));
    this.#show();
  }

  #problemOf(callId: CallId): PathProblem | null {
    return this.#failure?.callId === callId ? this.#failure.problem : null;
  }

  #reportSources(current: CurrentCall | null, line: CallLink | null): void {
    if (!line || (current?.kind !== 'active' && current?.kind !== 'reconnecting')) {
      this.#sources.forget();
      return;
    }
    const { callId } = current;
    const on = (source: 'microphone' | 'camera'): boolean => isWanted(line[source].view);
    this.#sources.follow(
      { callId, microphone: on('microphone'), camera: on('camera') },
      this.#options.signaling(),
    );
  }

  #show(): void {
    const { current } = this.#runner.phone;
    const line = this.currentLink;
    const talking = isLive(current) && current.kind !== 'dialing' && current.kind !== 'ringing-out';
    this.#options.stage.present(line, talking);
    this.#reportSources(current, line);
    this.#options.onChange({
      call: current && callView(current, line?.view, this.#problemOf(current.callId)),
      incoming: incomingViews(this.#runner.phone),
      waiting: this.#runner.phone.queue.waiting,
    });
  }
}
