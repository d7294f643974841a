import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const netLogSchema = z.object({
  constants: z.object({
    timeTickOffset: z.union([z.string(), z.number()]).transform(Number),
    logEventTypes: z.record(z.string(), z.number()),
  }),
  events: z.array(
    z.object({
      time: z.string().transform(Number),
      type: z.number(),
      source: z.object({ id: z.number() }),
      params: z.object({ address: z.string().optional() }).loose().optional(),
    }),
  ),
});

/** One thing that a browser's network stack did. */
export interface NetEvent {
  /** Epoch milliseconds. */
  at: number;
  type: string;
  /** The destination address, if the event has one. */
  address: string | null;
  /** The id of the socket or request. */
  source: number;
}

/** Reads what `--log-net-log` wrote; the browser has to be closed by then. */
export const readNetLog = async (path: string): Promise<NetEvent[]> => {
  const log = netLogSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  const names = new Map(Object.entries(log.constants.logEventTypes).map(([name, id]) => [id, name]));
  return log.events.map(({ time, type, source, params }) => ({
    at: time + log.constants.timeTickOffset,
    type: names.get(type) ?? String(type),
    address: params?.address ?? null,
    source: source.id,
  }));
};
