import type { EndCause } from '../../../../protocol/calls/call.ts';
import type { LineId } from '../../../../protocol/ids.ts';
import type { RemoteMedia } from '../../../ipc/snapshot.ts';
import type { Peer } from '../../../rtc/peer.ts';
import type { PathProblem } from '../../../rtc/relay-watch.ts';
import type { PeerEvents, Slot } from '../../../rtc/peer-types.ts';

/** One connection to another phone, and what that phone says it sends. */
interface Entry {
  readonly lineId: LineId | null;
  readonly peer: Peer;
  remote: PeerEvents['remoteMedia'] | null;
  /** That phone receives nothing from this one. */
  reconnecting: boolean;
}

const NOTHING_SAID = { remote: null, reconnecting: false } as const;

interface Options {
  side: 'caller' | 'callee';
  /** Null: the call's first connection. */
  lineId: LineId | null;
  makePeer: (of: { side: 'caller' | 'callee'; lineId: LineId | null }) => Peer;
  onChange: () => void;
}

/**
 * The connections of one call: the one that carries it and, during a
 * hand-over at the other side, the next one beside it. Both send the same;
 * which one is heard and seen changes in one step.
 */
export class LinkPeers {
  readonly #options: Options;
  readonly #tracks = new Map<Slot, MediaStreamTrack | null>();
  #said: PeerEvents['remoteMedia'] | null = null;
  #current: Entry | null = null;
  #next: Entry | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** The connection that carries the call, made when it is first needed. */
  get current(): Peer {
    return this.#ensure().peer;
  }

  get remote(): RemoteMedia | null {
    const { remote, reconnecting } = this.#current ?? NOTHING_SAID;
    return remote && { ...remote, reconnecting };
  }

  /** Why the connection that carries the call found no path; null also while there is none. */
  get pathProblem(): PathProblem | null {
    return this.#current?.peer.pathProblem ?? null;
  }

  isCurrent(peer: Peer): boolean {
    return this.#current?.peer === peer;
  }

  /** The connection that a signal is for; undefined: it is gone. */
  find(lineId: LineId | null): Peer | undefined {
    if (this.#next?.lineId === lineId) return this.#next.peer;
    return lineId === (this.#current ?? this.#options).lineId ? this.current : undefined;
  }

  /** Makes the next connection, answering another phone's offer. */
  succeed(lineId: LineId): Peer {
    this.dropNext();
    this.#next = this.#make('callee', lineId);
    return this.#next.peer;
  }

  /** The next connection carries the call from now on. */
  switchOver(): void {
    if (!this.#next) return;
    this.#current?.peer.close();
    this.#current = this.#next;
    this.#next = null;
    this.#options.onChange();
  }

  dropNext(): void {
    this.#next?.peer.close();
    this.#next = null;
  }

  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    this.#ensure();
    this.#tracks.set(slot, track);
    for (const entry of this.#entries()) this.#send(entry, slot, track);
  }

  announce(said: PeerEvents['remoteMedia']): void {
    this.#ensure();
    this.#said = said;
    for (const { peer } of this.#entries()) peer.announce(said);
  }

  hangUp(cause?: EndCause): void {
    this.#current?.peer.hangUp(cause);
  }

  close(): void {
    for (const { peer } of this.#entries()) peer.close();
    this.#next = null;
  }

  #ensure(): Entry {
    this.#current ??= this.#make(this.#options.side, this.#options.lineId);
    return this.#current;
  }

  #entries(): Entry[] {
    return [this.#current, this.#next].filter((entry) => entry !== null);
  }

  #make(side: 'caller' | 'callee', lineId: LineId | null): Entry {
    const peer = this.#options.makePeer({ side, lineId });
    const entry: Entry = { lineId, peer, ...NOTHING_SAID };
    peer.on('remoteMedia', (remote) => {
      entry.remote = remote;
      this.#options.onChange();
    });
    peer.on('remoteReconnecting', (on) => {
      entry.reconnecting = on;
      this.#options.onChange();
    });
    for (const [slot, track] of this.#tracks) if (track) this.#send(entry, slot, track);
    if (this.#said) peer.announce(this.#said);
    return entry;
  }

  #send({ peer }: Entry, slot: Slot, track: MediaStreamTrack | null): void {
    // Fails only when the connection is closed, and then nothing is sent anyway.
    peer.setTrack(slot, track).catch(() => undefined);
  }
}
