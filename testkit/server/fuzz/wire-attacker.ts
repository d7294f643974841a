import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { RawConnection } from '../raw-connection.ts';
import { upgradeRequest } from '../upgrade-request.ts';
import { websocketFrame } from '../websocket-frame.ts';
import { AUTH, type Piece, type Segment, type WireInput } from './wire-input.ts';

/** How long to wait for an answer that may never come, in milliseconds. */
const MOMENT = 100;
/**
 * How long to wait for an answer that always comes, in milliseconds; long, because a busy machine is no
 * failure.
 */
const ANSWERS_WITHIN = 10_000;
/** How many connections are left open at once. */
const LINGERING = 20;

const OPENED = /0\{"sid"/;
const READY = 'session:ready';
/** The answers after which a sign-in is decided: the server greets it, refuses it, or greets a later one. */
const MET = /session:ready|session:ended|44\{/;

/** A hostile client with nothing but TCP connections, and the token of an account. */
export class WireAttacker {
  readonly #doors: Readonly<Record<WireInput['door'], string>>;
  readonly #token: string;
  readonly #lingering: RawConnection[] = [];
  /** How often each reaction of the server was observed. */
  readonly seen = new Map<string, number>();
  /** How many segments were sent after the server had greeted the connection. */
  sentWhenReady = 0;

  /** @param doors the address of each door. */
  constructor(doors: Readonly<Record<WireInput['door'], string>>, token: string) {
    this.#doors = doors;
    this.#token = token;
  }

  async send({ door, upgraded, segments, ending }: WireInput): Promise<void> {
    const connection = await RawConnection.open(this.#doors[door]);
    if (upgraded) {
      await connection.write(upgradeRequest());
      await this.#atMost(ANSWERS_WITHIN, connection.until(OPENED));
    }
    for (const segment of segments) await this.#sendSegment(connection, segment);
    await this.#end(connection, ending);
    this.#note(connection.received);
  }

  /** Resets the connections that are still open. */
  async close(): Promise<void> {
    await Promise.all(this.#lingering.splice(0).map((connection) => connection.reset()));
  }

  async #sendSegment(connection: RawConnection, { pieces, then }: Segment): Promise<void> {
    if (!connection.hasEnded && connection.received.includes(READY)) this.sentWhenReady += 1;
    const before = connection.received.length;
    // The server may have stopped reading.
    await this.#atMost(MOMENT, connection.write(Buffer.concat(pieces.map((piece) => this.#bytesOf(piece)))));
    const more = (): Promise<unknown> => connection.until(new RegExp(`^[^]{${String(before + 1)}}`));
    switch (then) {
      case 'ready':
        await this.#atMost(ANSWERS_WITHIN, connection.until(MET));
        break;
      case 'answer':
        await this.#atMost(ANSWERS_WITHIN, more());
        break;
      case 'perhaps':
        await this.#atMost(MOMENT, more());
        break;
      default:
        if (then > 0) await sleep(then);
    }
  }

  async #end(connection: RawConnection, ending: WireInput['ending']): Promise<void> {
    switch (ending) {
      case 'linger':
        this.#lingering.push(connection);
        if (this.#lingering.length > LINGERING) await this.#lingering.shift()?.reset();
        return;
      case 'half':
        connection.end();
        await this.#atMost(MOMENT, connection.ended());
        break;
      case 'close':
        await this.#atMost(MOMENT, connection.close());
        break;
      case 'reset':
        break;
    }
    await connection.reset();
  }

  #bytesOf(piece: Piece): Buffer {
    if (piece.kind === 'raw') return Buffer.from(piece.text, 'latin1');
    const auth = { protocol: PROTOCOL_VERSION, token: this.#token, instanceId: randomUUID() };
    const payload = piece.payload.replace(AUTH, JSON.stringify(auth));
    return websocketFrame(Buffer.from(payload, 'latin1'), piece.options);
  }

  /** @param within milliseconds. */
  async #atMost(within: number, answer: Promise<unknown>): Promise<void> {
    const late = new AbortController();
    await Promise.race([answer, sleep(within, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
  }

  /** Lets a run show how far it got. */
  #note(received: string): void {
    const seen = [
      ...[...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status),
      ...(received.includes('40{"sid"') ? ['connected'] : []),
      ...(received.includes(READY) ? ['ready'] : []),
    ];
    for (const what of seen) this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }
}
