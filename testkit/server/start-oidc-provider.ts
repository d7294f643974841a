import { createServer } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';
import { listen } from '../../server/transport/http/listen.ts';

interface Described {
  email?: string;
  email_verified?: boolean;
  groups?: string[];
}

/** A real OpenID Connect provider. Any name with any password signs that person in. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
  /** Registers a server, as its operator would: it may send browsers back to `redirectUri`. */
  register(client: { clientId: string; clientSecret: string | null; redirectUri: string }): void;
  /** Sets the display name that the provider reports from now on for a person, who is named by their login. */
  rename(login: string, name: string): void;
  /** Sets further claims about a person, for clients that ask for them. */
  describe(login: string, more: Described): void;
  stop(): Promise<void>;
}

/** The claims of each person, by login. */
const claimsOf = (login: string, name: string, more: Described) => ({
  sub: login,
  preferred_username: login.toLowerCase(),
  name,
  ...more,
});

const clientOf = ({
  clientId,
  clientSecret,
  redirectUri,
}: Parameters<TestProvider['register']>[0]): NonNullable<Configuration['clients']>[number] => ({
  client_id: clientId,
  redirect_uris: [redirectUri],
  ...(clientSecret === null
    ? { token_endpoint_auth_method: 'none' }
    : { client_secret: clientSecret, token_endpoint_auth_method: 'client_secret_basic' }),
});

/** Starts a provider on a free port of this machine; its own development pages ask for name and consent. */
export const startOidcProvider = async (): Promise<TestProvider> => {
  // It answers no request until a server is registered.
  const http = createServer((_request, response) => response.writeHead(503).end());
  const port = await listen(http, { host: '127.0.0.1', port: 0 });
  const issuer = `http://127.0.0.1:${String(port)}`;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      http.closeAllConnections();
      http.close(() => {
        resolve();
      });
    });
  const names = new Map<string, string>();
  const described = new Map<string, Described>();
  return {
    issuer,
    rename(login, name) {
      names.set(login, name);
    },
    describe(login, more) {
      described.set(login, more);
    },
    register(client) {
      const provider = new Provider(issuer, {
        clients: [clientOf(client)],
        claims: {
          openid: ['sub'],
          profile: ['name', 'preferred_username'],
          email: ['email', 'email_verified'],
          groups: ['groups'],
        },
        cookies: { keys: ['only for tests'] },
        findAccount: (_context, id) => ({
          accountId: id,
          claims: () => claimsOf(id, names.get(id) ?? id, described.get(id) ?? {}),
        }),
        ttl: { Session: 3600, Interaction: 3600, Grant: 3600 },
      });
      const handle = provider.callback();
      http.removeAllListeners('request');
      http.on('request', (request, response) => void handle(request, response));
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
};
