import { request, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a proxy does with a plain request: it asks the server the same, and hands its answer back. */
export const passRequest = (upstream: URL, from: IncomingMessage, to: ServerResponse): void => {
  const onward = request(
    {
      host: upstream.hostname,
      port: upstream.port,
      path: from.url,
      method: from.method,
      headers: from.headers,
    },
    (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    },
  );
  onward.on('error', () => to.destroy());
  from.pipe(onward);
};
