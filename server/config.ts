import { isIP } from 'node:net';
import * as z from 'zod';
import type { Registration } from '../protocol/account/account.ts';
import { iceServersSchema } from '../protocol/calls/call.ts';
import { directoryModeSchema, type DirectoryMode } from '../protocol/people/contacts.ts';
import { LIMITS, TIMES } from '../protocol/limits.ts';
import { ConfigError } from './config-error.ts';
import { isLoopback } from './transport/http/hosts.ts';
import { OPERATION_ENVIRONMENT, operationOf, type OperationSettings } from './operate/operation-settings.ts';
import type { TurnSettings } from './calls/turn-credentials.ts';
import { DATABASE_URL_RULE, readDatabaseUrl, type DatabaseSettings } from './store/database-settings.ts';
import { readAllowRule } from './transport/oidc/is-allowed.ts';
import type { OidcSettings } from './transport/oidc/provider.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything an operator can set, checked and in the units the code uses. */
export interface Config extends OperationSettings {
  host: string;
  /** 0: any free one. */
  port: number;
  database: DatabaseSettings;
  /** The most connections to a PostgreSQL that this server opens for requests. */
  databaseConnections: number;
  /** Where live state is kept, for many nodes; holds a password. Null: in this process. */
  redisUrl: string | null;
  registration: Registration;
  /** How long calls stay in people's histories, in milliseconds. */
  historyLife: number;
  /** How many calls stay in one person's history. */
  historyEntries: number;
  /** How long text messages are kept, in milliseconds. */
  messageLife: number;
  /** How many bytes of text messages one account may send a day. */
  messageBytesADay: number;
  /** How long a device stays signed in without being used, in milliseconds. */
  sessionLife: number;
  directory: DirectoryMode;
  /** Null: people sign in with passwords only. */
  oidc: OidcSettings | null;
  /** Milliseconds. */
  ringTimeout: number;
  stunUrls: string[];
  /** Null: there is no relay. */
  turn: TurnSettings | null;
  /** `always`: every call goes over the relay; `choice`: those of the people who hide their addresses. */
  hideAddresses: 'choice' | 'always';
  /** Null: the entry chooses by where the log goes. */
  logLevel: LogLevel | null;
  /** Multiplies every rate limit in `limits/rates.ts` except `MESSAGE_BYTES_A_DAY`. */
  rateLimitFactor: number;
  /** How many bits of an IPv6 address one household has for itself: rate limits count all of them as one place. */
  rateLimitIpv6Prefix: Ipv6Prefix;
  /** Express's `trust proxy`: false, how many proxies, or which addresses. */
  trustProxy: false | number | string[];
  /** Names, lower case, under which the server may be asked beside loopback ones and addresses. */
  allowedHosts: string[];
  /** Phones may poll where their network refuses websockets. */
  longPolling: boolean;
  /** The path under which a proxy publishes this server, as in `/call`; empty: the root. */
  publicPath: string;
}

const DAY = 86_400_000;

const IPV6_PREFIXES = { '64': 64, '56': 56, '48': 48 } as const;

/** What providers give to one household, in bits. */
export type Ipv6Prefix = 64 | 56 | 48;

const whole = (min: number, max: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${String(min)} to ${String(max)}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be a whole number from ${String(min)} to ${String(max)}`);

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*$/i;

const ENVIRONMENT = z.object({
  HOST: z
    .string()
    .refine((host) => isIP(host) !== 0 || HOST_NAME.test(host), 'must be an address or a host name')
    .default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  DATABASE_URL: z
    .string()
    .default('sqlite:data/quick-call.db')
    .transform((url, context) => {
      const database = readDatabaseUrl(url);
      if (database) return database;
      context.addIssue(DATABASE_URL_RULE);
      return z.NEVER;
    }),
  DATABASE_CONNECTIONS: whole(1, 200).default(10),
  REDIS_URL: z
    .string()
    .refine(isRedisUrl, 'must be redis: or rediss: and an address, as in redis://:password@127.0.0.1:6379/0')
    .optional(),
  REGISTRATION: z.enum(['open', 'invite', 'closed'], { error: 'must be open, invite or closed' }).optional(),
  HISTORY_DAYS: whole(1, 3650).default(90),
  HISTORY_ENTRIES: whole(100, 100_000).default(LIMITS.historyEntries),
  MESSAGE_DAYS: whole(1, 3650).default(365),
  MESSAGE_BYTES_A_DAY: whole(10_000, 999_999_999).default(2_000_000),
  SESSION_DAYS: whole(1, 3650).default(90),
  DIRECTORY: z
    .enum(directoryModeSchema.options, { error: 'must be everyone or contacts' })
    .default('everyone'),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'must be the provider’s issuer address, with https except on this machine')
    .optional(),
  OIDC_CLIENT_ID: z.string().max(512).optional(),
  OIDC_CLIENT_SECRET: z.string().max(512).optional(),
  OIDC_ALLOW: list
    .transform((items) => items.map(readAllowRule))
    .refine(
      (rules) => rules.every((rule) => rule !== null),
      'must be domains, as in example.org, and groups, as in group:staff, with commas between',
    )
    .transform((rules) => rules.filter((rule) => rule !== null))
    .default([]),
  OIDC_NAME: z.string().max(64, 'must be at most 64 characters').optional(),
  RING_TIMEOUT_S: whole(5, TIMES.ringingMax / 1000).default(45),
  STUN_URLS: list
    .refine(
      (urls) =>
        urls.length <= LIMITS.iceServers &&
        urls.every((url) => /^stuns?:/.test(url) && iceServersSchema.safeParse([{ urls: [url] }]).success),
      `must be at most ${String(LIMITS.iceServers)} addresses, as in stun:stun.example.org:3478, with commas between`,
    )
    .default([]),
  TURN_URLS: list
    .refine(
      (urls) =>
        urls.every((url) => /^turns?:/.test(url) && iceServersSchema.safeParse([{ urls: [url] }]).success),
      'must be addresses, as in turn:turn.example.org:3478?transport=udp, with commas between',
    )
    .default([]),
  TURN_SECRET: z.string().max(512, 'must be at most 512 characters').optional(),
  HIDE_ADDRESSES: z.enum(['choice', 'always'], { error: 'must be choice or always' }).default('choice'),
  RATE_LIMIT_FACTOR: whole(1, 1000).default(1),
  RATE_LIMIT_IPV6_PREFIX: z
    .enum(['64', '56', '48'], { error: 'must be 64, 56 or 48' })
    .transform((bits) => IPV6_PREFIXES[bits])
    .default(64),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).optional(),
  TRUST_PROXY: list
    .refine(
      (items) =>
        (items.length === 1 && /^(?:false|[1-9])$/.test(items[0] ?? '')) ||
        (items.length > 0 && items.every(isProxy)),
      'must be false, the number of proxies in front (1 to 9), or their addresses with commas between',
    )
    .transform((items) => {
      const [only = ''] = items;
      if (only === 'false') return false as const;
      return /^\d$/.test(only) ? Number(only) : items;
    })
    .default(false),
  ALLOWED_HOSTS: list
    .refine((names) => names.every((name) => HOST_NAME.test(name)), 'must be host names with commas between')
    .transform((names) => names.map((name) => name.toLowerCase()))
    .default([]),
  LONG_POLLING: z.enum(['on', 'off'], { error: 'must be on or off' }).optional(),
  PUBLIC_PATH: z
    .string()
    .regex(/^(?:\/[\w.~-]+)*\/?$/, 'must be a path, as in /call')
    .transform((path) => path.replace(/\/$/, ''))
    .default(''),
  ...OPERATION_ENVIRONMENT,
});

function isRedisUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^rediss?:$/.test(url.protocol) &&
    url.hostname !== '' &&
    /^(?:\/\d*)?$/.test(url.pathname)
  );
}
/** The name of every setting. */
export const SETTINGS: readonly string[] = Object.keys(ENVIRONMENT.shape);

/** An issuer identifier is an address without query or fragment (OpenID Connect Discovery 1.0, section 3). */
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url?.search !== '' || url.hash !== '' || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** What Express takes for one trusted proxy: an address, a subnet, or one of its words for private ranges. */
function isProxy(item: string): boolean {
  const [address = '', bits, ...rest] = item.split('/');
  if (['loopback', 'linklocal', 'uniquelocal'].includes(item)) return true;
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  const isSize = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  return family !== 0 && rest.length === 0 && isSize;
}

/** @throws ConfigError when only a part of the settings is there. */
const oidcOf = (given: z.infer<typeof ENVIRONMENT>): OidcSettings | null => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = given;
  if (issuer === undefined) {
    const alone = (['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'] as const).find((key) => given[key]);
    if (alone) throw new ConfigError(`${alone} is set without OIDC_ISSUER`);
    if (given.OIDC_ALLOW.length > 0) throw new ConfigError('OIDC_ALLOW is set without OIDC_ISSUER');
    return null;
  }
  if (clientId === undefined) throw new ConfigError('OIDC_CLIENT_ID must be set with OIDC_ISSUER');
  const name = given.OIDC_NAME ?? new URL(issuer).hostname;
  return { issuer, clientId, clientSecret: given.OIDC_CLIENT_SECRET ?? null, name, allow: given.OIDC_ALLOW };
};

/** @throws ConfigError when only a part of the settings is there, or too much of it. */
const turnOf = (given: z.infer<typeof ENVIRONMENT>): TurnSettings | null => {
  const { TURN_URLS: urls, TURN_SECRET: secret, STUN_URLS: stunUrls, HIDE_ADDRESSES: hides } = given;
  if (urls.length === 0) {
    if (secret !== undefined) throw new ConfigError('TURN_SECRET is set without TURN_URLS');
    if (hides === 'always') throw new ConfigError('HIDE_ADDRESSES cannot be always without TURN_URLS');
    return null;
  }
  if (secret === undefined) throw new ConfigError('TURN_URLS is set without TURN_SECRET');
  if (urls.length + stunUrls.length > LIMITS.iceServers) {
    throw new ConfigError(
      `TURN_URLS and STUN_URLS must be at most ${String(LIMITS.iceServers)} addresses together`,
    );
  }
  return { urls, secret };
};

/**
 * Reads the configuration from environment variables; an empty one counts as not set.
 * @throws ConfigError naming the first setting that is wrong, never its value: it may be a secret.
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = ENVIRONMENT.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${String(issue?.path[0])} ${issue?.message ?? 'is wrong'}`);
  }
  const { data } = parsed;
  return {
    host: data.HOST,
    port: data.PORT,
    database: data.DATABASE_URL,
    databaseConnections: data.DATABASE_CONNECTIONS,
    redisUrl: data.REDIS_URL ?? null,
    registration: data.REGISTRATION ?? (isLoopback(data.HOST) ? 'open' : 'invite'),
    historyLife: data.HISTORY_DAYS * DAY,
    messageLife: data.MESSAGE_DAYS * DAY,
    historyEntries: data.HISTORY_ENTRIES,
    messageBytesADay: data.MESSAGE_BYTES_A_DAY,
    sessionLife: data.SESSION_DAYS * DAY,
    directory: data.DIRECTORY,
    oidc: oidcOf(data),
    ringTimeout: data.RING_TIMEOUT_S * 1000,
    stunUrls: data.STUN_URLS,
    turn: turnOf(data),
    hideAddresses: data.HIDE_ADDRESSES,
    logLevel: data.LOG_LEVEL ?? null,
    rateLimitFactor: data.RATE_LIMIT_FACTOR,
    rateLimitIpv6Prefix: data.RATE_LIMIT_IPV6_PREFIX,
    trustProxy: data.TRUST_PROXY,
    allowedHosts: data.ALLOWED_HOSTS,
    // All requests of a connection must come to one node, which a balancer does only if it is told to.
    longPolling: (data.LONG_POLLING ?? (data.REDIS_URL === undefined ? 'on' : 'off')) === 'on',
    publicPath: data.PUBLIC_PATH,
    ...operationOf(data),
  };
};
