import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

// A second guard behind the rule that nothing personal is handed to the log at
// all: should a payload slip in, its personal fields are removed.
const SECRET_KEYS = [
  'password',
  'passwordHash',
  'token',
  'tokenHash',
  'authorization',
  'cookie',
  'auth',
  'offer',
  'answer',
  'sdp',
  'description',
  'candidate',
  'candidates',
  'credential',
  'username',
  'displayName',
  'address',
  'remoteAddress',
] as const;

const REDACTED_PATHS = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]);

/**
 * The server's structured log: JSON lines, without addresses, names, tokens,
 * passwords or session descriptions.
 * @param stream where lines go; standard error by default, since standard output is for people.
 */
export const createLog = (level: LogLevel, stream?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
    },
    stream ?? pino.destination({ dest: 2, sync: true }),
  );
