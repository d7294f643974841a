import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { ConfigError } from '../../config-error.ts';
import { Refused } from '../../refused.ts';
import type { Script } from './scripts.ts';
import { TimedRedis } from './timed-redis.ts';

/** Milliseconds after which a command without an answer is rejected. */
const ANSWER_WITHIN = 2000;
/** The longest time between two attempts to connect, in milliseconds. */
const RETRY_WITHIN = 1000;
/** How long the first connection may take, in milliseconds. */
const START_WITHIN = 5000;
const NEEDED = 7;

const retryStrategy = (times: number): number => Math.min(50 * 2 ** Math.min(times, 6), RETRY_WITHIN);

/** One line of Redis's `INFO`. */
const infoLine = (info: string, name: string): string =>
  new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';

/** The failure in words that contain neither the address nor the password. */
const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : '';
  if (/WRONGPASS|NOAUTH|invalid password/i.test(text)) return 'Redis does not take the password';
  if (/ERR DB index|out of range/i.test(text)) return 'Redis has no such database';
  const named = error instanceof Error && 'code' in error ? String(error.code) : text;
  const code = /\b(E[A-Z]+|[A-Z_]*CERT[A-Z_]*)\b/.exec(named)?.[1];
  return `Redis does not answer${code === undefined ? '' : ` (${code})`}`;
};

/**
 * The connections to Redis: one for commands, which fails at once while Redis is away, so that nobody waits
 * for a dead connection; one that subscribes, which retries for ever. Errors carry no address and no payload.
 */
export class RedisLink {
  readonly commands: Redis;
  readonly subscriber: Redis;
  readonly #log: Logger;
  /** Changes with each start of Redis; null: unknown, so commands are refused. */
  #runId: string | null = null;
  #onUp: () => void = () => undefined;

  constructor(url: string, log: Logger) {
    this.#log = log;
    this.commands = new TimedRedis(url, ANSWER_WITHIN, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      connectTimeout: ANSWER_WITHIN,
      retryStrategy,
      // The primary became a replica, so its name now leads to another primary.
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
    });
    this.subscriber = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: null, retryStrategy });
    for (const redis of [this.commands, this.subscriber]) {
      redis.on('error', (error: unknown) => {
        log.debug({ reason: reasonOf(error) }, 'Redis');
      });
      redis.on('ready', () => {
        this.#up();
      });
    }
    this.commands.on('close', () => {
      this.#down();
    });
    this.subscriber.on('close', () => {
      this.#down();
    });
  }

  /** The current start of Redis; null while Redis is away. */
  get runId(): string | null {
    return this.#runId;
  }

  /** @throws ConfigError when Redis cannot be reached, or is too old. */
  async open(onUp: () => void): Promise<void> {
    const late = AbortSignal.timeout(START_WITHIN);
    const failed = new Promise<never>((_resolve, reject) => {
      for (const redis of [this.commands, this.subscriber]) redis.once('error', reject);
      late.addEventListener('abort', () => {
        reject(new Error('ETIMEDOUT'));
      });
    });
    try {
      await Promise.race([Promise.all([this.commands.connect(), this.subscriber.connect()]), failed]);
      const info = await this.commands.info();
      const version = infoLine(info, 'redis_version');
      if (Number.parseInt(version, 10) < NEEDED) {
        throw new ConfigError(`REDIS_URL: Redis ${version} is too old, ${String(NEEDED)} is needed`);
      }
      const policy = infoLine(info, 'maxmemory_policy');
      if (policy !== '' && policy !== 'noeviction' && infoLine(info, 'maxmemory') !== '0') {
        this.#log.warn({ policy }, 'Redis may forget calls when its memory is full: use noeviction');
      }
      this.#runId = infoLine(info, 'run_id');
      this.#onUp = onUp;
    } catch (error) {
      this.close();
      throw error instanceof ConfigError ? error : new ConfigError(`REDIS_URL: ${reasonOf(error)}`);
    }
  }

  /** @throws Refused `unavailable` when Redis is away or answers too late. */
  async run<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    if (this.#runId === null) throw new Refused('unavailable');
    try {
      return await command(this.commands);
    } catch (error) {
      const text = error instanceof Error ? error.message : '';
      if (text === 'Command timed out') {
        // Treats a slow Redis as away, so that later commands reject at once. Only the first of several
        // waiting commands reports it.
        if (this.#down()) this.commands.disconnect(true);
      } else {
        this.#log.warn({ reason: text }, 'Redis refused a command');
      }
      throw new Refused('unavailable');
    }
  }

  /** Runs a script, and sends its text only if Redis does not know it yet. @throws Refused `unavailable` */
  script(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    return this.run(async (redis) => {
      try {
        return await redis.evalsha(script.sha, keys.length, ...keys, ...args);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return redis.eval(script.source, keys.length, ...keys, ...args);
      }
    });
  }

  close(): void {
    this.#onUp = () => undefined;
    this.commands.disconnect();
    this.subscriber.disconnect();
  }

  /** Whether the connection was up until now. */
  #down(): boolean {
    if (this.#runId === null) return false;
    this.#runId = null;
    this.#log.warn('Redis is away: running calls go on, new ones are refused');
    return true;
  }

  #up(): void {
    if (this.commands.status !== 'ready' || this.subscriber.status !== 'ready') return;
    this.commands.info('server').then(
      (info) => {
        if (this.#runId !== null) return;
        this.#runId = infoLine(info, 'run_id');
        this.#onUp();
      },
      () => {
        this.commands.disconnect(true);
      },
    );
  }
}
