import type * as z from 'zod';
import { problemSchema } from '../../../protocol/errors.ts';
import type { LongWait, NamedCharacter } from '../../ipc/command-result.ts';
import { problemOf } from '../../ipc/problem-of.ts';
import type { ConnectionProblem } from '../../ipc/snapshot.ts';

export type RestResult<T> =
  { ok: true; value: T } | { ok: false; code: ConnectionProblem | NamedCharacter | LongWait };

interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1/`. */
  path: string;
  body?: object;
  /** A file, in place of a body. */
  bytes?: Uint8Array<ArrayBuffer>;
  token?: string;
}

/** Sends a request to a server and parses the answer; a problem becomes a code. Never rejects. */
export type RestRequest = <T>(request: Request, schema: z.ZodType<T>) => Promise<RestResult<T>>;

/** Milliseconds. A password is hashed before it is compared, which queues on a busy server. */
const TIMEOUT = 15_000;

/** Sends a request to a server and returns the answer unread. Null: no answer arrived. */
export type RestSend = (request: Request) => Promise<Response | null>;

export const createRestSend = (origin: string, fetcher: typeof fetch = fetch): RestSend => {
  const send = fetcher.bind(globalThis);
  return async ({ method, path, body, bytes, token }) => {
    try {
      return await send(`${origin}/api/v1/${path}`, {
        method,
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...(bytes && { 'content-type': 'application/octet-stream' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
        ...(bytes && { body: bytes }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch {
      return null;
    }
  };
};

export const createRestRequest = (origin: string, fetcher: typeof fetch = fetch): RestRequest => {
  const send = createRestSend(origin, fetcher);
  return async (request, schema) => {
    const response = await send(request);
    if (!response) return { ok: false, code: 'server-unreachable' };
    const content: unknown = response.status === 204 ? undefined : await response.json().catch(() => null);
    if (response.ok) {
      const value = schema.safeParse(content);
      return value.success ? { ok: true, value: value.data } : { ok: false, code: 'not-a-server' };
    }
    const problem = problemSchema.safeParse(content);
    return { ok: false, code: problem.success ? problemOf(problem.data) : 'not-a-server' };
  };
};
