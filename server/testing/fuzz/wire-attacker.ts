import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { RawConnection } from '../raw-connection.ts';
import { upgradeRequest } from '../upgrade-request.ts';
import { websocketFrame } from '../websocket-frame.ts';
import { HELLO, type Piece, type WireInput } from './wire-inputs.ts';

/** How long an answer is waited for that may never come, in milliseconds. */
const MOMENT = 100;
/** How long a websocket is waited for that should be opened, in milliseconds; long, because a busy machine is no failure. */
const OPEN_WITHIN = 10_000;
/** How many connections are left open at once. */
const LINGERING = 40;

/** A hostile client with nothing but TCP connections, and the token of an account. */
export class WireAttacker {
  readonly #doors: Readonly<Record<WireInput['door'], string>>;
  readonly #token: string;
  readonly #lingering: RawConnection[] = [];
  /** How often the server was seen to do what. */
  readonly seen = new Map<string, number>();

  /** @param doors addresses. */
  constructor(doors: Readonly<Record<WireInput['door'], string>>, token: string) {
    this.#doors = doors;
    this.#token = token;
  }

  async send({ door, upgraded, segments, ending }: WireInput): Promise<void> {
    const connection = await RawConnection.open(this.#doors[door]);
    if (upgraded) {
      await connection.write(upgradeRequest());
      await Promise.race([connection.until(/0\{"sid"/), sleep(OPEN_WITHIN)]);
    }
    for (const { pieces, then } of segments) {
      const before = connection.received.length;
      // A server that has heard enough reads no more.
      await this.#atMost(connection.write(Buffer.concat(pieces.map((piece) => this.#bytesOf(piece)))));
      if (then === 'answer') await this.#atMost(connection.until(new RegExp(`^[^]{${String(before + 1)}}`)));
      else if (then > 0) await sleep(then);
    }
    await this.#end(connection, ending);
    this.#note(connection.received);
  }

  /** Resets all that is still open. */
  async close(): Promise<void> {
    await Promise.all(this.#lingering.splice(0).map((connection) => connection.reset()));
  }

  async #end(connection: RawConnection, ending: WireInput['ending']): Promise<void> {
    switch (ending) {
      case 'linger':
        this.#lingering.push(connection);
        if (this.#lingering.length > LINGERING) await this.#lingering.shift()?.reset();
        return;
      case 'half':
        connection.end();
        await this.#atMost(connection.ended());
        break;
      case 'close':
        await this.#atMost(connection.close());
        break;
      case 'reset':
        break;
    }
    await connection.reset();
  }

  #bytesOf(piece: Piece): Buffer {
    if (piece.kind === 'raw') return Buffer.from(piece.text, 'latin1');
    const auth = { protocol: PROTOCOL_VERSION, token: this.#token, instanceId: randomUUID() };
    const payload = piece.payload.replace(HELLO, `40${JSON.stringify(auth)}`);
    return websocketFrame(Buffer.from(payload, 'latin1'), piece.options);
  }

  async #atMost(answer: Promise<unknown>): Promise<void> {
    await Promise.race([answer, sleep(MOMENT)]);
  }

  /** So that a run can show how far it came. */
  #note(received: string): void {
    const seen = [
      ...[...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status),
      ...(received.includes('40{"sid"') ? ['connected'] : []),
      ...(received.includes('session:ready') ? ['ready'] : []),
    ];
    for (const what of seen) this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }
}
