import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { HEARTBEAT } from './scripts.ts';

/** Times of a node's lease, in milliseconds. A dead node is noticed within `lease` + `every`. */
const LEASE = { every: 2000, lease: 8000 } as const;

const answerSchema = z.tuple([z.number(), z.array(z.string())]);

interface NodeLeaseDeps {
  link: Pick<RedisLink, 'run' | 'script'>;
  keys: Pick<Keys, 'nodes' | 'deadNodes'>;
  log: Logger;
  /** The other nodes took this node for dead, and its phones for gone. It goes on under another name. */
  onLost: () => void;
  /** Another node is dead. It may be called several times, and on several nodes. */
  release: (node: string) => Promise<void>;
}

/**
 * A node's heartbeat renews the lease of the node and its phones. The others take a node for dead that is
 * killed, frozen or cut off from Redis. Leases use Redis's clock.
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

  /** This node's current name. */
  get name(): string {
    return this.#name;
  }

  /** A node that was cut off goes on under a new name. */
  renew(): void {
    this.#name = randomUUID();
    this.#isFirst = true;
  }

  /** Renews this node's lease once, and starts releasing dead nodes. @throws Refused `unavailable` */
  async beat(): Promise<void> {
    const { link, keys, log, onLost } = this.#deps;
    const name = this.#name;
    const first = this.#isFirst ? 'first' : '';
    const answer = await link.script(HEARTBEAT, [keys.nodes, keys.deadNodes], [name, LEASE.lease, first]);
    const [known, dead] = answerSchema.parse(answer);
    if (first === '' && known === 0 && name === this.#name) {
      log.warn('this node was taken for dead: its phones connect anew');
      this.renew();
      // At once: otherwise the others would not notice if this node died now.
      await this.beat();
      onLost();
      return;
    }
    this.#isFirst = false;
    for (const node of dead) void this.#release(node);
  }

  /**
   * Not awaited: a dead node may have had thousands of phones, and this node must go on renewing its lease.
   */
  async #release(node: string): Promise<void> {
    if (this.#releasing.has(node)) return;
    this.#releasing.add(node);
    try {
      await this.#deps.release(node);
    } catch (error) {
      // The node is still listed as dead, so the next heartbeat of any node releases the rest.
      this.#deps.log.debug({ err: error }, 'what a dead node held could not be released');
    } finally {
      this.#releasing.delete(node);
    }
  }

  /** Renews the lease until it is stopped. */
  async keep(): Promise<void> {
    const { signal } = this.#stopped;
    for (;;) {
      // Not the app's clock: leases run in real time.
      await delay(LEASE.every, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.beat().catch((error: unknown) => {
        this.#deps.log.debug({ err: error }, 'no sign of life could be given');
      });
    }
  }

  /** Gives the lease back, so that everything the node held is free at once. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    const { link, keys } = this.#deps;
    // Other nodes release the rest.
    await link
      .run((redis) => redis.multi().zrem(keys.nodes, this.#name).sadd(keys.deadNodes, this.#name).exec())
      .catch(() => undefined);
  }
}
