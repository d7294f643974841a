import { freePort } from '../../tools/free-port.ts';
import { startNode, type TestNode } from '../../testkit/server/start-node.ts';
import { startPostgres, type TestPostgres } from '../../testkit/server/start-postgres.ts';
import { startRedis, type TestRedis } from '../../testkit/server/start-redis.ts';
import { Balancer } from '../../testkit/server/balancer.ts';

const NODES = 3;
const DATABASE = 'quick_call';
/** Short, so that calls nobody answers end within a run. */
const RING_SECONDS = '10';

/** Three nodes behind a balancer, with a Redis and a PostgreSQL of their own; all are real processes. */
export class Service {
  readonly redis: TestRedis;
  readonly postgres: TestPostgres;
  readonly balancer: Balancer;
  readonly databaseUrl: string;
  readonly #ports: readonly number[];
  readonly #nodes: TestNode[] = [];
  /** The logs of nodes that were killed. */
  #logged = '';

  private constructor(redis: TestRedis, postgres: TestPostgres, ports: readonly number[]) {
    this.redis = redis;
    this.postgres = postgres;
    this.#ports = ports;
    this.databaseUrl = postgres.url(DATABASE);
    this.balancer = new Balancer(ports);
  }

  static async start(): Promise<Service> {
    const redis = await startRedis();
    const postgres = await startPostgres();
    await postgres.createDatabase(DATABASE);
    const ports: number[] = [];
    while (ports.length < NODES) ports.push(await freePort());
    const service = new Service(redis, postgres, ports);
    try {
      for (const [i] of ports.entries()) service.#nodes.push(await service.#startNode(i));
    } catch (error) {
      await service.stop();
      throw error;
    }
    return service;
  }

  get nodes(): readonly TestNode[] {
    return this.#nodes;
  }

  /** All that all nodes have logged, as JSON lines. */
  get logged(): string {
    return this.#logged + this.#nodes.map((node) => node.logged()).join('');
  }

  /** Starts a node in the place of one that was killed. */
  async replaceNode(i: number): Promise<void> {
    this.#logged += this.#nodes[i]?.logged() ?? '';
    this.#nodes[i] = await this.#startNode(i);
  }

  async stop(): Promise<void> {
    this.balancer.close();
    for (const node of this.#nodes) node.thaw();
    await Promise.all(this.#nodes.map((node) => node.kill()));
    this.redis.thaw();
    await this.redis.stop();
    await this.postgres.stop();
  }

  #startNode(i: number): Promise<TestNode> {
    return startNode({
      PORT: String(this.#ports[i]),
      REDIS_URL: this.redis.url,
      DATABASE_URL: this.databaseUrl,
      RING_TIMEOUT_S: RING_SECONDS,
    });
  }
}
