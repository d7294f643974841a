import type { Request, Response } from 'express';
import type * as z from 'zod';
import type { Identity } from '../../account/accounts.ts';
import type { RefusalCode } from '../../refused.ts';

interface RouteBase {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** From the server's root. */
  path: string;
  operationId: string;
  summary: string;
  /** Codes it may refuse with, beside those every route shares. */
  problems: readonly RefusalCode[];
}

/** A schema under the name that the description gives it. */
export interface NamedSchema {
  name: string;
  schema: z.ZodType;
}

/** A route of the API: JSON in, JSON out, parsed and answered in one place. */
export interface ApiRoute extends RouteBase {
  kind: 'api';
  /** `null`: without a token. */
  security: 'token' | null;
  body: NamedSchema | null;
  /** What a success carries; null: nothing (204). */
  result: NamedSchema | null;
  status: 200 | 201 | 204;
  /** `address`: the place under which the request is counted. */
  run(input: { body: unknown; identity: Identity | null; address: string }): Promise<unknown>;
}

/** A route that writes its answer itself: a page, a file. */
export interface PlainRoute extends RouteBase {
  kind: 'plain';
  produces: string;
  serve(request: Request, response: Response): Promise<void> | void;
}

/** A route that takes a file as it is, from a signed-in device. */
export interface UploadRoute extends RouteBase {
  kind: 'upload';
  /** Types of files, for the description; the bytes decide. */
  accepts: readonly string[];
  /** In bytes. */
  limit: number;
  run(bytes: Uint8Array, identity: Identity): Promise<void>;
}

/** A route that gives a file as it is, to a signed-in device. `params` are the parts of the path that start with a colon. */
export interface DownloadRoute extends RouteBase {
  kind: 'download';
  produces: readonly string[];
  run(params: Record<string, unknown>, identity: Identity): Promise<{ type: string; bytes: Uint8Array }>;
}

export type Route = ApiRoute | PlainRoute | UploadRoute | DownloadRoute;
