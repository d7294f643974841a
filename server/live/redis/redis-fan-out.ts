import { createShardedAdapter } from '@socket.io/redis-adapter';
import type { FanOut } from '../../live.ts';
import type { RedisLink } from './redis-link.ts';

/**
 * Events reach phones at other nodes through Redis's sharded publish and subscribe, with one channel for each
 * room.
 */
export const createRedisFanOut = (link: RedisLink, namespace: string): FanOut => ({
  attach(io) {
    // The part of ioredis that the adapter uses. The adapter awaits no answer. A failure here must not end
    // the process; phones reconnect when Redis is back.
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
    // Redis answers the ping after all earlier commands of this connection. While Redis is away nothing
    // arrives anyway.
    await link.subscriber.ping();
  },
});
