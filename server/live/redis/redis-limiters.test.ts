import { randomBytes, randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startRedis, type TestRedis } from '../../../testkit/server/start-redis.ts';
import { until } from '../../../testkit/server/until.ts';
import { createRedisLimiters } from './redis-limiters.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const secret = randomBytes(16);

const nodes = async () => {
  const prefix = `{${randomUUID()}}:limit:`;
  const connect = async () => {
    const client = new Redis(redis.url, { enableOfflineQueue: false, lazyConnect: true });
    client.on('error', () => undefined);
    onTestFinished(() => {
      client.disconnect();
    });
    await client.connect();
    return { client, limiters: createRedisLimiters(client, { prefix, secret, factor: 1 }) };
  };
  return [await connect(), await connect()] as const;
};

describe('counters in Redis', () => {
  it('count for all nodes together, and tell how long the wait is', async () => {
    const [one, other] = await nodes();
    const [here, there] = [one.limiters('invites:account'), other.limiters('invites:account')];
    for (let i = 0; i < 15; i += 1) {
      expect(await here.take('ada')).toBeNull();
      expect(await there.take('ada')).toBeNull();
    }
    expect(await here.take('ada')).toBe(60);
    expect(await there.take('ada')).toBe(60);
    expect(await there.take('bob')).toBeNull();
  });

  it('let a consumer over a growing limit wait longer each time, at every node', async () => {
    const [one, other] = await nodes();
    const [here, there] = [one.limiters('sign-in:account'), other.limiters('sign-in:account')];
    for (let i = 0; i < 10; i += 1) expect(await here.take('ada')).toBeNull();
    expect(await there.take('ada')).toBe(60);
    expect(await here.take('ada')).toBeLessThanOrEqual(60);
  });

  it('take back a count', async () => {
    const [one, other] = await nodes();
    const [here, there] = [one.limiters('sign-in:account'), other.limiters('sign-in:account')];
    for (let i = 0; i < 30; i += 1) {
      expect(await here.take('ada')).toBeNull();
      await there.giveBack('ada');
    }
  });

  it('restart at all nodes', async () => {
    const [one, other] = await nodes();
    const [here, there] = [one.limiters('rings:pair'), other.limiters('rings:pair')];
    for (let i = 0; i < 4; i += 1) await here.take('ada bob');
    await there.forget('ada bob');
    for (let i = 0; i < 3; i += 1) expect(await here.take('ada bob')).toBeNull();
    expect(await here.take('ada bob')).toBe(600);
  });

  it('count at one node what only that node sees', async () => {
    const [one] = await nodes();
    await one.limiters('everything:session').take('ada');
    expect(await one.client.keys('*everything:session*')).toEqual([]);
  });

  it('go on at each node while Redis is away', async () => {
    const [one] = await nodes();
    const limiter = one.limiters('invites:account');
    await redis.kill();
    await until('it is noticed', () => one.client.status !== 'ready');
    for (let i = 0; i < 30; i += 1) expect(await limiter.take('ada')).toBeNull();
    expect(await limiter.take('ada')).toBe(60);
  });
});
