import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';

/**
 * Takes the path under which a proxy publishes the server off a request's address, for a proxy may pass it on or not.
 * @param publicPath as in `/call`; empty: the server has its name for itself.
 */
export const withoutPublicPath =
  (publicPath: string) =>
  (request: Pick<IncomingMessage, 'url'>): void => {
    const { url = '/' } = request;
    const rest = url.slice(publicPath.length);
    if (publicPath !== '' && url.startsWith(publicPath) && /^(?:[/?]|$)/.test(rest)) {
      request.url = rest.startsWith('/') ? rest : `/${rest}`;
    }
  };

/** Where the visitor reached the server, as in `https://example.org/call`. */
export const publicAddress = (request: Request, publicPath: string): string =>
  `${request.protocol}://${request.get('host') ?? ''}${publicPath}`;
