import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { runNow } from './run-now.ts';

const PREFIX = 'quick-call';

const KERNEL_SETTINGS = [
  'net/ipv4/ip_forward=1',
  // Off, because a packet that leaves the delay arrives on another interface than this filter expects.
  'net/ipv4/conf/all/rp_filter=0',
  'net/ipv4/conf/default/rp_filter=0',
];

const set = (settings: readonly string[]): string =>
  settings.map((setting) => setting.replace(/^(.*)=(.*)$/, 'echo $2 > /proc/sys/$1')).join(' && ');

let made = 0;

const remove = (name: string): void => {
  for (const pid of runNow('ip', 'netns', 'pids', name).split(/\s+/).filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended or was removed already.
    }
  }
  runNow('ip', 'netns', 'delete', name);
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Removes what a test run that was killed has left behind. */
const sweep = (): void => {
  for (const name of runNow('ip', 'netns', 'list').matchAll(new RegExp(`^${PREFIX}-(\\d+)-\\S+`, 'gm'))) {
    if (isRunning(Number(name[1]))) continue;
    try {
      remove(name[0]);
    } catch {
      // Another worker sweeps as well, and was faster.
    }
  }
};

/** A network namespace of this process: interfaces, addresses, routes and filters of its own, and only those. */
export class Namespace {
  readonly name: string;
  #removed = false;

  /** `label` is for whoever looks at `ip netns`. Without `ipv6`, interfaces have no IPv6 address, not even a local one. */
  constructor(label: string, { ipv6 }: { ipv6: boolean }) {
    if (made === 0) sweep();
    made += 1;
    this.name = `${PREFIX}-${String(process.pid)}-${String(made)}-${label}`;
    runNow('ip', 'netns', 'add', this.name);
    // Also when a test fails in a way that skips its end.
    process.once('exit', this.remove);
    this.ip('link', 'set', 'lo', 'up');
    const settings = [`net/ipv6/conf/all/${ipv6 ? 'forwarding' : 'disable_ipv6'}=1`, ...KERNEL_SETTINGS];
    this.run('sh', '-c', set(settings));
  }

  /** `ip` in here. */
  ip(...args: string[]): void {
    runNow('ip', '-n', this.name, ...args);
  }

  /** Runs a short command in this namespace and returns its output. */
  run(program: string, ...args: string[]): string {
    const [ip, rest] = this.command(program, args);
    return runNow(ip, ...rest);
  }

  /** A program and its arguments, as `spawn` takes them, so that it runs in here. It keeps its process id and pipes. */
  command(program: string, args: readonly string[]): [string, string[]] {
    return ['ip', ['netns', 'exec', this.name, program, ...args]];
  }

  /** Starts a program in here; whoever does so also ends it. */
  spawn(program: string, args: readonly string[]): ChildProcessWithoutNullStreams {
    return spawn(...this.command(program, args));
  }

  /** Kills what still runs in here, and takes all interfaces away. */
  readonly remove = (): void => {
    if (this.#removed) return;
    this.#removed = true;
    process.removeListener('exit', this.remove);
    remove(this.name);
  };
}
