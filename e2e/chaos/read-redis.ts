import { Redis } from 'ioredis';
import * as z from 'zod';
import { createKeys } from '../../server/live/redis/keys.ts';
import type { RedisLeft } from './evidence.ts';

const NAMESPACE = 'quick-call';
/** The number of characters of the revision, which precedes the content of a cell. */
const REVISION = 36;

const personSchema = z.looseObject({
  userId: z.string(),
  callId: z.string().nullable(),
  ringing: z.array(z.looseObject({ callId: z.string() })),
});
const callSchema = z.looseObject({
  /** Missing where the cell holds an alias of a call. */
  call: z.looseObject({ callId: z.string(), state: z.string() }).optional(),
});
const presenceSchema = z.looseObject({ inCall: z.boolean() });

/** All calls and locks that Redis holds. */
export const readRedis = async (url: string): Promise<RedisLeft> => {
  const redis = new Redis(url);
  try {
    const keys = createKeys(NAMESPACE);
    const cells = async <T>(
      kind: 'person' | 'call' | 'presence',
      schema: z.ZodType<T>,
    ): Promise<[string, T][]> => {
      const start = keys.cell({ kind, id: '' });
      const names = await redis.keys(`${start}*`);
      const found: [string, T][] = [];
      for (const name of names) {
        const text = await redis.get(name);
        // The key was deleted between the two queries.
        if (text === null) continue;
        found.push([name.slice(start.length), schema.parse(JSON.parse(text.slice(REVISION)))]);
      }
      return found;
    };
    const people = await cells('person', personSchema);
    const calls = await cells('call', callSchema);
    const presence = await cells('presence', presenceSchema);
    return {
      people: people.map(([, { userId, callId, ringing }]) => ({ userId, callId, ringing: ringing.length })),
      calls: calls.flatMap(([, { call }]) => (call ? [{ callId: call.callId, state: call.state }] : [])),
      unsettled: await redis.zrange(keys.alarms('unsettled'), '0', '-1'),
      deadNodes: await redis.scard(keys.deadNodes),
      inCall: presence.filter(([, entry]) => entry.inCall).map(([userId]) => userId),
    };
  } finally {
    redis.disconnect();
  }
};
