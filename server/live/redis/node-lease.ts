import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { HEARTBEAT } from './scripts.ts';

/** Times of a node's lease, in milliseconds. A node that is dead is known to be within `lease` + `every`. */
const LEASE = { every: 2000, lease: 8000 } as const;

const answerSchema = z.tuple([z.number(), z.array(z.string())]);

interface NodeLeaseDeps {
  link: Pick<RedisLink, 'run' | 'script'>;
  keys: Pick<Keys, 'nodes' | 'deadNodes'>;
  log: Logger;
  /** This node was taken for dead, and its phones for gone. It goes on under another name. */
  onLost: () => void;
  /** Another node is dead. May be asked several times, and by several nodes. */
  release: (node: string) => Promise<void>;
}

/**
 * A node's heartbeat. It holds the leases of the node's phones; a node that is
 * killed, frozen or cut off from Redis counts as dead at the others. Times are those of Redis's own clock.
 */
export class NodeLease {
  readonly #deps: NodeLeaseDeps;
  readonly #stopped = new AbortController();
  readonly #releasing = new Set<string>();
  #name = randomUUID();
  #isFirst = true;

  constructor(deps: NodeLeaseDeps) {
    this.#deps = deps;
  }

  /** What this node is called right now. */
  get name(): string {
    return this.#name;
  }

  /** A node that was cut off goes on as another one. */
  renew(): void {
    this.#name = randomUUID();
    this.#isFirst = true;
  }

  /** Says once that this node lives, and sees to those that do not. @throws Refused `unavailable` */
  async beat(): Promise<void> {
    const { link, keys, log, onLost } = this.#deps;
    const name = this.#name;
    const first = this.#isFirst ? 'first' : '';
    const answer = await link.script(HEARTBEAT, [keys.nodes, keys.deadNodes], [name, LEASE.lease, first]);
    const [known, dead] = answerSchema.parse(answer);
    if (first === '' && known === 0 && name === this.#name) {
      log.warn('this node was taken for dead: its phones connect anew');
      this.renew();
      // At once, or nobody would notice if it died now.
      await this.beat();
      onLost();
      return;
    }
    this.#isFirst = false;
    for (const node of dead) void this.#release(node);
  }

  /** Nobody waits for it: a dead node may leave thousands of phones, and this one has to go on saying that it lives. */
  async #release(node: string): Promise<void> {
    if (this.#releasing.has(node)) return;
    this.#releasing.add(node);
    try {
      await this.#deps.release(node);
    } catch (error) {
      // It is still among the dead nodes: the next heartbeat of any node releases the rest.
      this.#deps.log.debug({ err: error }, 'what a dead node held could not be released');
    } finally {
      this.#releasing.delete(node);
    }
  }

  /** Beats until it is stopped. */
  async keep(): Promise<void> {
    const { signal } = this.#stopped;
    for (;;) {
      // Not the app's clock: leases are kept in real time.
      await delay(LEASE.every, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.beat().catch((error: unknown) => {
        this.#deps.log.debug({ err: error }, 'no sign of life could be given');
      });
    }
  }

  /** The lease is given back: what the node held is free at once. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    const { link, keys } = this.#deps;
    // Other nodes release what is left of it.
    await link
      .run((redis) => redis.multi().zrem(keys.nodes, this.#name).sadd(keys.deadNodes, this.#name).exec())
      .catch(() => undefined);
  }
}
