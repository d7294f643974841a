import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Namespace } from './namespace.ts';
import { NetworkHost, type Family } from './network-host.ts';
import { runNow } from './run-now.ts';

/** A fault that a test has caused; it can be repaired. */
export interface Fault {
  heal(): void;
}

interface HostOptions {
  /**
   * `symmetric`: behind a NAT that gives every connection another port and lets nobody in, so that no direct path
   * between two such hosts can be found.
   */
  nat?: 'symmetric';
  /** The only kind of address that the host has; IPv4 by default. Faults affect IPv4 packets only. */
  family?: Family;
}

const FORWARDER = fileURLToPath(new URL('delay-forwarder.py', import.meta.url));
/** The TUN device's name, and the number of the routing table that leads into it. */
const DELAY = { device: 'delay', table: '100' };

/** The table and chain that hold the filter's rules. */
const CHAIN = ['ip', 'faults', 'forward'] as const;

/** What an `nft` rule says of packets between two hosts, in one direction. Without a second one: with anybody. */
const between = (from: NetworkHost | undefined, to: NetworkHost | undefined): string[] => [
  ...(from ? ['ip', 'saddr', `${from.outside.subnet}.0/24`] : []),
  ...(to ? ['ip', 'daddr', `${to.outside.subnet}.0/24`] : []),
];

/**
 * A network of its own: hosts, each a Linux network namespace, around one router, with nothing leading out. Real
 * programs run in it (`startServer(env, host)`, `launchBrowser({ host })`), and its faults are real ones. Needs
 * Linux and root. Addresses need not be unique between test runs, since no network knows of another.
 */
export class Network {
  readonly #router = new Namespace('router', { ipv6: true });
  readonly #namespaces = [this.#router];
  readonly #hosts: NetworkHost[] = [];
  #forwarder: ChildProcessWithoutNullStreams | null = null;

  constructor() {
    const nft = (...args: string[]): string => this.#router.run('nft', ...args);
    nft('add', 'table', 'ip', 'faults');
    nft('add', 'chain', ...CHAIN, '{ type filter hook forward priority 0 ; }');
    // Packets that leave the delay were filtered when they entered it.
    nft('add', 'rule', ...CHAIN, 'iifname', DELAY.device, 'accept');
  }

  /** A new machine. `label`: at most ten letters, each used once. */
  host(label: string, { nat, family = 'IPv4' }: HostOptions = {}): NetworkHost {
    const number = String(this.#hosts.length + 1);
    const plug = { upstream: this.#router, port: label, subnet: `10.77.${number}`, family };
    const machine = this.#namespace(label, family);
    const host = nat
      ? this.#behindNat(machine, new NetworkHost(this.#namespace(`${label}-nat`), plug), `192.168.${number}`)
      : new NetworkHost(machine, plug);
    this.#hosts.push(host);
    return host;
  }

  /** Drops all packets between two hosts, or between one and all others, without an error to the sender. */
  drop(one: NetworkHost, other?: NetworkHost): Fault {
    return this.#filter([], one, other);
  }

  /** Drops these packets without an error, as a firewall does that lets only some protocols out. */
  block(what: 'udp' | { tcpPort: number }, one: NetworkHost): Fault {
    const match = what === 'udp' ? ['meta', 'l4proto', 'udp'] : ['tcp', 'dport', String(what.tcpPort)];
    return this.#filter(match, one, undefined);
  }

  /** Drops this share of the packets, in percent and in each direction. */
  lose(percent: number, one: NetworkHost, other?: NetworkHost): Fault {
    return this.#filter(['numgen', 'random', 'mod', '100', '<', String(percent)], one, other);
  }

  /** A host's line carries no more than this in either direction; what would wait for more than 300 ms is lost. */
  slow({ namespace, device, outside }: NetworkHost, kbitPerSecond: number): Fault {
    const ends = [
      [this.#router.name, outside.port],
      [namespace.name, device],
    ] as const;
    const rate = ['tbf', 'rate', `${String(kbitPerSecond)}kbit`, 'burst', '4kb', 'latency', '300ms'];
    for (const [name, port] of ends)
      runNow('tc', '-n', name, 'qdisc', 'replace', 'dev', port, 'root', ...rate);
    return {
      heal: () => {
        for (const [name, port] of ends) runNow('tc', '-n', name, 'qdisc', 'delete', 'dev', port, 'root');
      },
    };
  }

  /**
   * Every packet takes this many milliseconds longer on a host's line, in each direction: a round trip between two
   * hosts takes twice the sum of theirs. Called once for each network, when it has all its hosts.
   */
  async delay(lines: ReadonlyMap<NetworkHost, number>): Promise<void> {
    const { device, table } = DELAY;
    const waits = [...lines].map(([{ outside }, ms]) => `${outside.subnet}=${String(ms)}`);
    this.#router.ip('tuntap', 'add', 'dev', device, 'mode', 'tun');
    const forwarder = this.#router.spawn('python3', [FORWARDER, device, ...waits]);
    this.#forwarder = forwarder;
    forwarder.stderr.pipe(process.stderr);
    await once(forwarder.stdout, 'data');
    this.#router.ip('link', 'set', device, 'up');
    this.#router.ip('route', 'add', 'default', 'dev', device, 'table', table);
    for (const { outside } of this.#hosts)
      this.#router.ip('rule', 'add', 'iif', outside.port, 'lookup', table);
  }

  /** Ends what still runs in it, and removes it. */
  async close(): Promise<void> {
    if (this.#forwarder?.exitCode === null) {
      const exited = once(this.#forwarder, 'exit');
      this.#forwarder.kill();
      await exited;
    }
    for (const namespace of this.#namespaces) namespace.remove();
  }

  #namespace(label: string, family: Family = 'IPv4'): Namespace {
    const namespace = new Namespace(label, { ipv6: family === 'IPv6' });
    this.#namespaces.push(namespace);
    return namespace;
  }

  #behindNat(
    machine: Namespace,
    { namespace: nat, device, outside }: NetworkHost,
    subnet: string,
  ): NetworkHost {
    nat.run('nft', 'add', 'table', 'ip', 'nat');
    nat.run('nft', 'add', 'chain', 'ip', 'nat', 'out', '{ type nat hook postrouting priority 100 ; }');
    nat.run(
      'nft',
      'add',
      'rule',
      'ip',
      'nat',
      'out',
      'ip',
      'saddr',
      `${subnet}.0/24`,
      'oifname',
      device,
      'masquerade',
      'fully-random',
    );
    return new NetworkHost(machine, { upstream: nat, port: 'inside', subnet, family: 'IPv4' }, outside);
  }

  #filter(match: readonly string[], one: NetworkHost, other: NetworkHost | undefined): Fault {
    const handles = [between(one, other), between(other, one)].map((packets) => {
      const printed = this.#router.run(
        'nft',
        '-e',
        '-a',
        'add',
        'rule',
        ...CHAIN,
        ...packets,
        ...match,
        'drop',
      );
      const handle = /# handle (\d+)/.exec(printed)?.[1];
      if (handle === undefined) throw new Error(`nft did not say what it has added: ${printed}`);
      return handle;
    });
    return {
      heal: () => {
        for (const handle of handles) this.#router.run('nft', 'delete', 'rule', ...CHAIN, 'handle', handle);
      },
    };
  }
}
