import type { Namespace } from './namespace.ts';

/** The other end of a host's cable. */
interface Plug {
  /** The router, or the NAT in front of it. */
  upstream: Namespace;
  /** The upstream's end of the cable. */
  port: string;
  /** The first three numbers of every IPv4 address on this cable. */
  subnet: string;
  family: Family;
}

/** The one kind of address that a machine has. */
export type Family = 'IPv4' | 'IPv6';

/**
 * The network of a cable: its part of each address, and the length of that part. An IPv6 network takes the IPv4
 * network’s numbers.
 */
const networkOf = ({ subnet, family }: Plug): { prefix: string; bits: string } =>
  family === 'IPv4'
    ? { prefix: `${subnet}.`, bits: '24' }
    : { prefix: `fd${subnet.replaceAll('.', ':')}::`, bits: '64' };

/** The host's own end of the cable. */
const DEVICE = 'eth0';
/** An IPv6 address may be used without first asking the network whether another machine has it. */
const AT_ONCE = { IPv4: [], IPv6: ['nodad'] } as const;

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
    const { upstream, port } = plug;
    const { prefix, bits } = networkOf(plug);
    upstream.ip('link', 'add', port, 'type', 'veth', 'peer', 'name', DEVICE, 'netns', namespace.name);
    upstream.ip('address', 'add', `${prefix}1/${bits}`, 'dev', port, ...AT_ONCE[plug.family]);
    upstream.ip('link', 'set', port, 'up');
    namespace.ip('link', 'set', DEVICE, 'up');
    this.gainAddress();
  }

  /** The host's address as part of a URL. */
  get urlHost(): string {
    return this.#plug.family === 'IPv6' ? `[${this.address}]` : this.address;
  }

  /** The host's current address, or its last one. */
  get address(): string {
    return `${networkOf(this.#plug).prefix}${String(this.#lastByte)}`;
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

  /** As on a machine with virtual machines, containers and VPNs: so many more interfaces, which lead nowhere. */
  addInterfaces(count: number): void {
    for (let n = 1; n <= count; n += 1) {
      const [link, end] = [`more${String(n)}`, `end${String(n)}`];
      this.namespace.ip('link', 'add', link, 'type', 'veth', 'peer', 'name', end);
      this.namespace.ip('address', 'add', `10.99.${String(n)}.1/24`, 'dev', link);
      for (const name of [link, end]) this.namespace.ip('link', 'set', name, 'up');
    }
  }

  /** All its addresses, if it has gained more than one. */
  loseAddress(): void {
    this.namespace.ip('address', 'flush', 'dev', DEVICE);
  }

  /** Gets an address that it never had before, as on another Wi-Fi. */
  gainAddress(): void {
    this.#lastByte += 1;
    const { prefix, bits } = networkOf(this.#plug);
    this.namespace.ip(
      'address',
      'add',
      `${this.address}/${bits}`,
      'dev',
      DEVICE,
      ...AT_ONCE[this.#plug.family],
    );
    this.namespace.ip('route', 'replace', 'default', 'via', `${prefix}1`);
  }
}
