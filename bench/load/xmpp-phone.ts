import { WebSocket } from 'ws';
import type { CallPhone, Hear, Step } from './call-phone.ts';
import { contentOf } from './descriptions.ts';
import { BARE } from './dialects.ts';

// XMPP over WebSocket (RFC 7395), with a name that the server makes up (SASL ANONYMOUS, RFC 4505).
const OPEN = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";
const AUTH = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>";
const BIND =
  "<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const unescape = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&apos;', "'");

/** A phone of an XMPP server: each step is a message's body. */
export class XmppPhone implements CallPhone {
  readonly #socket: WebSocket;
  readonly #address = Promise.withResolvers<string>();
  readonly #hear: Hear;
  #other = '';

  constructor(url: string, hear: Hear) {
    this.#hear = hear;
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/xmpp-websocket`, 'xmpp', {
      perMessageDeflate: false,
    });
    this.#socket.on('open', () => {
      this.#socket.send(OPEN);
    });
    this.#socket.on('message', (data: Buffer) => {
      this.#onStanza(data.toString());
    });
    this.#socket.on('error', (error) => {
      this.#address.reject(error);
    });
  }

  /** Resolves with its own full address. */
  get ready(): Promise<string> {
    return this.#address.promise;
  }

  /** To be called before the first step. */
  callTo(address: string): void {
    this.#other = address;
  }

  say(step: Step, callId: string, done?: () => void): void {
    const body = escape(JSON.stringify({ step, content: { callId, ...contentOf(step) } }));
    this.#socket.send(
      `<message xmlns='jabber:client' to='${this.#other}' type='chat'><body>${body}</body></message>`,
    );
    done?.();
  }

  close(): void {
    this.#socket.terminate();
  }

  #onStanza(stanza: string): void {
    if (stanza.startsWith('<message')) {
      const heard = BARE.read(unescape(stanza));
      if (heard) this.#hear(heard.step, heard.callId);
    } else if (stanza.includes('<mechanism>ANONYMOUS')) this.#socket.send(AUTH);
    else if (stanza.startsWith('<success')) this.#socket.send(OPEN);
    else if (stanza.includes('urn:ietf:params:xml:ns:xmpp-bind') && stanza.includes('features')) {
      this.#socket.send(BIND);
    } else if (stanza.includes('<jid>')) {
      this.#address.resolve(/<jid>([^<]+)<\/jid>/.exec(stanza)?.[1] ?? '');
    }
  }
}
