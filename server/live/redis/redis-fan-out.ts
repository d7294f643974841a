import { createShardedAdapter } from '@socket.io/redis-adapter';
import type { FanOut } from '../../live.ts';
import type { RedisLink } from './redis-link.ts';

/** Events reach phones at other nodes by Redis's sharded publish and subscribe: one channel a room. */
export const createRedisFanOut = (link: RedisLink, namespace: string): FanOut => ({
  attach(io) {
    // Only what the adapter asks of ioredis. It waits for no answer: what fails here is repaired when Redis is
    // back, and must not end the process.
    const publisher = {
      spublish: (channel: string, message: string | Buffer) =>
        link.run((redis) => redis.spublish(channel, message)),
    };
    const { subscriber } = link;
    const hearer = {
      on: (event: 'smessageBuffer', heard: (channel: Buffer, message: Buffer) => void) =>
        subscriber.on(event, heard),
      ssubscribe: (channel: string) => void subscriber.ssubscribe(channel).catch(() => undefined),
      sunsubscribe: (channel: string) => void subscriber.sunsubscribe(channel).catch(() => undefined),
    };
    io.adapter(createShardedAdapter(publisher, hearer, { channelPrefix: namespace }));
  },
  async settled() {
    if (link.runId === null) return;
    // Answered after all earlier commands of this connection; while Redis is away nothing arrives anyway.
    await link.subscriber.ping();
  },
});
