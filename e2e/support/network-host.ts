import type { Namespace } from './namespace.ts';

/** The other end of a host's cable. */
interface Plug {
  /** The router, or the NAT in front of it. */
  upstream: Namespace;
  /** The upstream's end of the cable. */
  port: string;
  /** The first three numbers of every address on this cable. */
  subnet: string;
}

/** The host's own end of the cable. */
const DEVICE = 'eth0';

/** A machine in a {@link Network}: what runs in its namespace has this network and no other. */
export class NetworkHost {
  readonly namespace: Namespace;
  /** How the network sees it: the router's end of its line, and where its packets come from. A NAT's, if there is one. */
  readonly outside: Pick<Plug, 'port' | 'subnet'>;
  readonly #plug: Plug;
  #lastByte = 1;

  constructor(namespace: Namespace, plug: Plug, outside: Pick<Plug, 'port' | 'subnet'> = plug) {
    this.namespace = namespace;
    this.outside = outside;
    this.#plug = plug;
    const { upstream, port, subnet } = plug;
    upstream.ip('link', 'add', port, 'type', 'veth', 'peer', 'name', DEVICE, 'netns', namespace.name);
    upstream.ip('address', 'add', `${subnet}.1/24`, 'dev', port);
    upstream.ip('link', 'set', port, 'up');
    namespace.ip('link', 'set', DEVICE, 'up');
    this.gainAddress();
  }

  /** The host's current address, or its last one. */
  get address(): string {
    return `${this.#plug.subnet}.${String(this.#lastByte)}`;
  }

  /** The name of its own end of the cable. */
  get device(): string {
    return DEVICE;
  }

  /** The cable is pulled: the machine sees at once that it has no network. */
  unplug(): void {
    this.#plug.upstream.ip('link', 'set', this.#plug.port, 'down');
  }

  plugIn(): void {
    this.#plug.upstream.ip('link', 'set', this.#plug.port, 'up');
  }

  /** All its addresses, if it has gained more than one. */
  loseAddress(): void {
    this.namespace.ip('address', 'flush', 'dev', DEVICE);
  }

  /** Gets an address that it never had before, as on another Wi-Fi. */
  gainAddress(): void {
    this.#lastByte += 1;
    this.namespace.ip('address', 'add', `${this.address}/24`, 'dev', DEVICE);
    this.namespace.ip('route', 'replace', 'default', 'via', `${this.#plug.subnet}.1`);
  }
}
