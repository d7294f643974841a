import { isIP } from 'node:net';
import * as z from 'zod';
import { ConfigError } from '../config-error.ts';

/** How an operator watches the server, and whom it lets in. */
export interface OperationSettings {
  /** Null: nothing is counted. `at` is null where metrics are on the server's own port, behind the token. */
  metrics: { at: { host: string; port: number } | null; token: string | null } | null;
  /** Null: nothing is traced. `share`: the share of traces that is kept, from 0 to 1. */
  tracing: { endpoint: string; share: number } | null;
  /** Ids of the extensions that may talk to the server; empty: any. */
  extensionIds: string[];
}

const TOKEN_MIN = 16;

const isWebAddress = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
};

/** The environment variables of {@link OperationSettings}. */
export const OPERATION_ENVIRONMENT = {
  METRICS_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535')
    .optional(),
  METRICS_HOST: z
    .string()
    .refine(
      (host) => isIP(host) !== 0 || /^[a-z0-9.-]{1,253}$/i.test(host),
      'must be an address or a host name',
    )
    .optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,512}$/, `must be ${String(TOKEN_MIN)} to 512 characters without spaces`)
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(isWebAddress, 'must be the collector’s address, as in http://127.0.0.1:4318')
    .optional(),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(?:0(?:\.\d{1,9})?|1(?:\.0{1,9})?)$/, 'must be a number from 0 to 1')
    .transform(Number)
    .default(1),
  EXTENSION_IDS: z
    .string()
    .transform((text) => text.split(',').map((id) => id.trim()))
    .refine(
      (ids) => ids.every((id) => /^(?:[a-p]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(id)),
      'must be ids of extensions, as chrome://extensions shows them, with commas between',
    )
    .default([]),
} as const;

/** @throws ConfigError when settings do not go together. */
export const operationOf = (
  given: z.output<z.ZodObject<typeof OPERATION_ENVIRONMENT>>,
): OperationSettings => {
  const { METRICS_PORT: port, METRICS_HOST: host, METRICS_TOKEN: token = null } = given;
  if (host !== undefined && port === undefined)
    throw new ConfigError('METRICS_HOST is set without METRICS_PORT');
  const at = port === undefined ? null : { host: host ?? '127.0.0.1', port };
  const endpoint = given.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    metrics: at || token !== null ? { at, token } : null,
    tracing: endpoint === undefined ? null : { endpoint, share: given.OTEL_TRACES_SAMPLER_ARG },
    extensionIds: given.EXTENSION_IDS,
  };
};
