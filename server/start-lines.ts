import { relative } from 'node:path';
import { isIPv6 } from 'node:net';
import type { Config } from './config.ts';
import { EVERYONE_IS_MEANT_FOR } from './people/everyone.ts';
import { isLoopback } from './transport/http/hosts.ts';

/** Characters of a secret that nobody guesses from a name and its password. */
const SAFE_SECRET = 16;

/** The address to type into the extension, from where the server listens. */
const addressOf = (host: string, port: number): string => {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${String(port)}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${String(port)}`;
};

/** What a person reads at the start: the two next things to do, then what the settings leave out. */
export const startLines = (
  config: Config,
  about: { port: number; distFolder: string; built: boolean; accounts: number },
): string[] => {
  const folder = relative('', about.distFolder) || '.';
  const lines = [
    'Quick Call is running. What to do next:',
    about.built
      ? `  1. Open chrome://extensions, turn on "Developer mode", choose "Load unpacked" and pick ${folder}/`
      : `  1. Build the extension (npm run build), then load ${folder}/ at chrome://extensions ("Load unpacked")`,
    `  2. In the welcome page that opens, enter the server's address: ${addressOf(config.host, about.port)}`,
  ];
  if (config.registration === 'invite') {
    lines.push(
      'REGISTRATION is invite: people need a code to create an account. Make one: npm run admin -- invites create',
    );
  }
  if (!isLoopback(config.host) && config.stunUrls.length === 0 && !config.turn) {
    lines.push('STUN_URLS is not set: calls connect only between computers that reach each other directly.');
  }
  if (config.turn && config.turn.secret.length < SAFE_SECRET) {
    lines.push(
      'TURN_SECRET is short: anybody with an account could guess it. Make one: openssl rand -hex 32',
    );
  }
  if (config.directory === 'everyone' && about.accounts > EVERYONE_IS_MEANT_FOR) {
    lines.push(
      `DIRECTORY is everyone: meant for up to ${String(EVERYONE_IS_MEANT_FOR)} accounts, and there are ${String(about.accounts)}. With DIRECTORY=contacts people add each other.`,
    );
  }
  return lines;
};
