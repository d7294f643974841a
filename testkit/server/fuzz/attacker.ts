import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import * as z from 'zod';
import type { SignedIn } from '../../../protocol/account/account.ts';
import { problemSchema } from '../../../protocol/errors.ts';
import { CLIENT_EVENTS, refusalSchema } from '../../../protocol/events.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import type { Phone } from '../phone.ts';
import type { TestPeople } from '../test-people.ts';
import type { Input } from './inputs.ts';

/** How long an answer may take, in milliseconds; long, because a busy machine is no failure. */
const ANSWER_WITHIN = 30_000;

/** Socket.IO's client refuses to send these. */
const RESERVED = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
]);

const okSchema = z.looseObject({ ok: z.literal(true) });

/** The code of a server that has failed, where it should have refused. */
const FAILED = 'server-error';

const show = (input: Input): string => JSON.stringify(input).slice(0, 400);

/** One hostile client. It sends the given inputs, and records answers that break the contract. */
export class Attacker {
  readonly #people: TestPeople;
  readonly #url: URL;
  readonly #name: string;
  #who: SignedIn;
  #phone: Phone | null = null;
  /** A separate sign-in, because two phones of the same one would supersede each other. */
  #rawWho: SignedIn | null = null;
  #raw: WebSocket | null = null;
  /** What the server should not have done. */
  readonly wrong: string[] = [];
  /** How often each code was answered. */
  readonly codes = new Map<string, number>();

  constructor(people: TestPeople, url: string, who: SignedIn) {
    this.#people = people;
    this.#url = new URL(url);
    this.#name = who.account.username;
    this.#who = who;
  }

  /** Sends one input and waits for its answer, if the contract requires one. */
  async send(input: Input): Promise<void> {
    try {
      switch (input.kind) {
        case 'event':
          await this.#event(input);
          break;
        case 'frame':
          await this.#frame(input.text);
          break;
        case 'binary':
          await this.#frame(input.bytes);
          break;
        case 'handshake':
          await this.#handshake(input);
          break;
        case 'request':
          await this.#request(input);
          break;
        case 'bytes':
          await this.#bytes(input);
          break;
      }
    } catch (error) {
      this.wrong.push(`${show(input)}: ${String(error)}`);
    }
  }

  close(): void {
    this.#phone?.close();
    this.#raw?.terminate();
  }

  #count(code: string, to: string): void {
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    if (code === FAILED) this.wrong.push(`${to}: ${code}`);
  }

  /** A connected phone: a new one if the last input ended the connection or the session. */
  async #connected(): Promise<Phone> {
    if (this.#phone?.socket.connected) return this.#phone;
    this.#phone?.close();
    const token = this.#who.token;
    const phone = this.#people.dial({ token });
    const refused = await Promise.race([
      phone.refused(),
      phone.next('session:ready', undefined, ANSWER_WITHIN).then(() => null),
    ]);
    if (refused !== null) {
      phone.close();
      this.#who = await this.#signIn();
      return this.#connected();
    }
    this.#phone = phone;
    return phone;
  }

  /**
   * Signs in again after it signed itself out, and as another account after it changed its password to an
   * unknown one.
   */
  #signIn(): Promise<SignedIn> {
    return this.#people.signIn(this.#name).catch(() => this.#people.signUp(`m-${randomUUID().slice(0, 13)}`));
  }

  async #event(input: Extract<Input, { kind: 'event' }>): Promise<void> {
    const { event, args } = input;
    const phone = await this.#connected();
    const gone = new Promise<'gone'>((resolve) => phone.socket.once('disconnect', () => resolve('gone')));
    if (!Object.hasOwn(CLIENT_EVENTS, event)) {
      // Socket.IO's client refuses to send reserved names, so they are sent as raw frames.
      if (RESERVED.has(event)) return;
      phone.socket.emit(event, ...args);
      return;
    }
    const answered = phone.socket.timeout(ANSWER_WITHIN).emitWithAck(event, ...args) as Promise<unknown>;
    const answer = await Promise.race([answered, gone]);
    answered.catch(() => undefined);
    if (answer !== 'gone') this.#judge([answer], show(input));
  }

  /** An acknowledgement is either a success or a refusal with a code. */
  #judge(acknowledged: unknown, to: string): void {
    const [answer, ...more] = z.array(z.unknown()).parse(acknowledged);
    const { data: refusal } = refusalSchema.safeParse(answer);
    if (refusal && more.length === 0) this.#count(refusal.code, to);
    else if (!okSchema.safeParse(answer).success)
      this.wrong.push(`${to}: answered ${JSON.stringify(answer)}`);
  }

  /** A signed-in connection without Socket.IO's client, which would refuse to send such frames. */
  async #rawSocket(): Promise<WebSocket> {
    if (this.#raw?.readyState === WebSocket.OPEN) return this.#raw;
    this.#rawWho ??= await this.#signIn();
    const socket = new WebSocket(`ws://${this.#url.host}/socket.io/?EIO=4&transport=websocket`);
    socket.on('error', () => undefined);
    // No client answers the pings on this connection.
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text === '2') socket.send('3');
      if (text.startsWith('44')) this.#rawWho = null;
      const acknowledged = /^43\d+(\[.*\])$/s.exec(text)?.[1];
      if (acknowledged !== undefined) this.#judge(JSON.parse(acknowledged), 'a frame');
    });
    this.#raw = socket;
    await once(socket, 'open');
    const auth = { protocol: PROTOCOL_VERSION, token: this.#rawWho.token, instanceId: randomUUID() };
    socket.send(`40${JSON.stringify(auth)}`);
    return socket;
  }

  async #frame(frame: string | Uint8Array): Promise<void> {
    const socket = await this.#rawSocket();
    await new Promise<void>((resolve) => {
      socket.send(frame, () => {
        resolve();
      });
    });
  }

  async #handshake(input: Extract<Input, { kind: 'handshake' }>): Promise<void> {
    const socket = new WebSocket(`ws://${this.#url.host}/socket.io/?EIO=4&transport=websocket`);
    socket.on('error', () => undefined);
    const answer = new Promise<string>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('4')) resolve(text);
      });
      socket.on('close', () => {
        resolve('closed');
      });
    });
    await once(socket, 'open');
    socket.send(`40${input.auth === undefined ? '' : JSON.stringify(input.auth)}`);
    const text = await answer;
    socket.terminate();
    if (text === 'closed' || text.startsWith('40')) return;
    const refused = z.object({ data: problemSchema }).parse(JSON.parse(text.slice(2)));
    this.#count(refused.data.code, show(input));
  }

  async #request(input: Extract<Input, { kind: 'request' }>): Promise<void> {
    const { method, path, headers, body } = input;
    const { hostname, port } = this.#url;
    const hasBody = body !== '' && method !== 'GET';
    const sent = request({
      ...{ hostname, port, method, path, timeout: ANSWER_WITHIN },
      headers: {
        authorization: `Bearer ${this.#who.token}`,
        ...(hasBody && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...headers,
      },
    });
    const answered = new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text });
        });
        response.on('error', reject);
      });
    });
    sent.end(hasBody ? body : undefined);
    const { status, type, text } = await answered;
    if (status < 400 || !this.#isOurs(input)) return;
    const problem = type.includes('json') ? problemSchema.safeParse(JSON.parse(text)) : null;
    if (problem?.success) this.#count(problem.data.code, show(input));
    else this.wrong.push(`${show(input)}: ${String(status)} ${type} ${text.slice(0, 200)}`);
  }

  /** Engine.IO answers requests to its path in its own format, and Node answers bytes that are not HTTP. */
  #isOurs({ path, headers }: Extract<Input, { kind: 'request' }>): boolean {
    return !path.startsWith('/socket.io/') && headers['host'] === undefined;
  }

  /** The server need not answer this; the connection stays open for a moment, and is then closed. */
  async #bytes({ upgraded, bytes }: Extract<Input, { kind: 'bytes' }>): Promise<void> {
    const socket = connect(Number(this.#url.port), this.#url.hostname);
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    await once(socket, 'connect');
    if (upgraded) {
      socket.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${this.#url.host}\r\nUpgrade: websocket\r\n` +
          'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      );
      await once(socket, 'data');
    }
    socket.end(bytes);
    socket.resume();
    const late = setTimeout(() => socket.destroy(), 1000);
    await closed;
    clearTimeout(late);
  }
}
