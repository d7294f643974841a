import { expect, it, onTestFinished } from 'vitest';
import { ConfigError } from '../../config-error.ts';
import { createLog } from '../../log.ts';
import { startRedis } from '../../../testkit/server/start-redis.ts';
import { RedisLink } from './redis-link.ts';

const open = async (url: string, logged: string[] = []): Promise<RedisLink> => {
  const link = new RedisLink(url, createLog('trace', { write: (line) => void logged.push(line) }));
  onTestFinished(() => {
    link.close();
  });
  await link.open(() => undefined);
  return link;
};

/** The error with which it does not open. */
const refusal = async (url: string): Promise<string> => {
  const logged: string[] = [];
  const error: unknown = await open(url, logged).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigError);
  expect(logged.join('')).not.toMatch(/secret|127\.0\.0\.1/);
  return error instanceof Error ? error.message : '';
};

it('says in one line, without address and password, why Redis cannot be used', async () => {
  await using redis = await startRedis(['--requirepass', 'the right secret']);
  const at = (userinfo: string, path = '') => `${redis.url.replace('://', `://${userinfo}`)}${path}`;
  expect(await refusal(at(':wrong-secret@'))).toBe('REDIS_URL: Redis does not take the password');
  expect(await refusal(at(''))).toBe('REDIS_URL: Redis does not take the password');
  expect(await refusal(at(`:${encodeURIComponent('the right secret')}@`, '/99'))).toBe(
    'REDIS_URL: Redis has no such database',
  );
  await redis.kill();
  expect(await refusal(at(':wrong-secret@'))).toBe('REDIS_URL: Redis does not answer (ECONNREFUSED)');
});

it('warns of a Redis that may evict keys', async () => {
  await using redis = await startRedis(['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru']);
  const logged: string[] = [];
  await open(redis.url, logged);
  expect(logged.join('')).toContain('use noeviction');
});

it('gives a connection up once, however many requests wait for an answer', async () => {
  await using redis = await startRedis();
  const logged: string[] = [];
  const link = await open(redis.url, logged);
  const warnings: string[] = [];
  const onWarning = ({ name }: Error): void => void warnings.push(name);
  process.on('warning', onWarning);
  onTestFinished(() => void process.off('warning', onWarning));
  redis.freeze();
  const asked = Array.from({ length: 30 }, () => link.run((commands) => commands.ping()));
  const answers = await Promise.allSettled(asked);
  redis.thaw();
  expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
  expect(logged.filter((line) => line.includes('Redis is away'))).toHaveLength(1);
  expect(warnings).toEqual([]);
});

it('takes an answer that arrived while this process was paused', async () => {
  await using redis = await startRedis();
  const logged: string[] = [];
  const link = await open(redis.url, logged);
  const asked = link.run((commands) => commands.ping());
  // As on an overloaded machine: the answer has arrived, but so has the timeout.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2100);
  await expect(asked).resolves.toBe('PONG');
  expect(logged.join('')).not.toContain('Redis is away');
});
