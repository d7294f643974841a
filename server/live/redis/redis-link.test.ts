import { expect, it, onTestFinished } from 'vitest';
import { ConfigError } from '../../config-error.ts';
import { createLog } from '../../log.ts';
import { startRedis } from '../../testing/start-redis.ts';
import { RedisLink } from './redis-link.ts';

const open = async (url: string, logged: string[] = []): Promise<RedisLink> => {
  const link = new RedisLink(url, createLog('trace', { write: (line) => void logged.push(line) }));
  onTestFinished(() => {
    link.close();
  });
  await link.open(() => undefined);
  return link;
};

/** Why it does not open. */
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

it('warns of a Redis that may forget', async () => {
  await using redis = await startRedis(['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru']);
  const logged: string[] = [];
  await open(redis.url, logged);
  expect(logged.join('')).toContain('use noeviction');
});
