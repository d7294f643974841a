import fc from 'fast-check';
import { upgradeRequest } from '../upgrade-request.ts';
import { noise, onePiece, raw } from './pieces.ts';

const paths = fc.constantFrom(
  ...['/', '//', '*', '/%', '/\xff', '/socket.io', '/socket.io/'],
  ...['/socket.io/?EIO=4&transport=websocket', '/socket.io/?EIO=3&transport=websocket'],
  ...['/socket.io/?EIO=4&transport=polling', '/socket.io/?EIO=4'],
  ...['/socket.io/?EIO=4&transport=websocket&sid=x', '/socket.io/?transport=__proto__&sid=__proto__'],
  ...['/SOCKET.IO/', '/socket.io/../', '/healthz', '/readyz', '/metrics', '/api/v1/server'],
  ...['/quick-call.zip', 'http://127.0.0.1/', 'http://other.example/socket.io/', '127.0.0.1:1'],
  ...['/api/v1/sessions', '?', '/#'],
);

const headers = fc.constantFrom(
  ...['Host: 127.0.0.1', 'Host:', 'Host: [', 'Host: other.example', 'Host : 127.0.0.1'],
  ...['Origin: https://evil.example', 'Connection: Upgrade', 'Connection: close'],
  ...['Connection: keep-alive, Upgrade', 'Keep-Alive: timeout=0', 'Upgrade: websocket', 'Upgrade: h2c'],
  ...['Upgrade: websocket, h2c', 'Upgrade: \xff', 'HTTP2-Settings: AAMAAABk'],
  ...['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Version: 99'],
  ...['Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Key: x'],
  ...['Sec-WebSocket-Extensions: permessage-deflate', 'Sec-WebSocket-Protocol: ,,'],
  ...['Content-Length: 5', 'Content-Length: -1', 'Content-Length: 99999999999999'],
  ...['Content-Length: 5, 6', 'Transfer-Encoding: chunked', 'Transfer-Encoding: gzip'],
  ...['Expect: 100-continue', 'Expect: x', 'Trailer: a', 'Content-Type: application/json'],
  ...['Content-Encoding: gzip', 'X-Forwarded-For: ::ffff:1.2.3.4, %, 1', 'Authorization: Bearer x'],
  ...['Cookie: a=b;;=', 'A\0: b', ' folded', `X: ${'y'.repeat(20_000)}`, 'Range: bytes=9-1'],
);

const bodies = fc.constantFrom(
  ...['', '{"a":1}', '5\r\nhello\r\n0\r\n\r\n', 'ffffffffffffffff\r\n', 'x\r\n'],
  ...['5;a=b\r\nhello\r\n0\r\nT: x\r\n\r\n', '{"username":"mallory0","password":"wrong"}'],
  ...['\r\n\r\n\r\n', '0\r\n\r\n'],
);

/** A request of which any part may be wrong. */
export const anyRequest = fc
  .record({
    method: fc.constantFrom(
      ...['GET', 'GET', 'GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'CONNECT', 'TRACE', 'PRI', 'get'],
      ...['G\0T', ''],
    ),
    path: paths,
    version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', ''),
    lines: fc.array(headers, { maxLength: 6 }),
    body: bodies,
  })
  .map(({ method, path, version, lines, body }) =>
    raw([`${method} ${path} ${version}`, 'Host: 127.0.0.1', ...lines, '', body].join('\r\n')),
  );

/** A well-formed request to any path. */
export const ordinaryRequest = paths.map((path) => raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`));
/** A request for a websocket, most often to the path that serves one. */
export const upgrade = fc.oneof(
  { weight: 3, arbitrary: fc.constant(raw(upgradeRequest())) },
  { weight: 2, arbitrary: paths.map((path) => raw(upgradeRequest(path))) },
  {
    weight: 1,
    arbitrary: fc.tuple(paths, headers).map(([path, header]) => raw(upgradeRequest(path, [header]))),
  },
);

/** What a hostile client sends over an HTTP connection. */
export const httpPieces = fc.oneof(
  { weight: 4, arbitrary: onePiece(anyRequest) },
  { weight: 2, arbitrary: onePiece(ordinaryRequest) },
  { weight: 3, arbitrary: onePiece(upgrade) },
  { weight: 1, arbitrary: onePiece(noise) },
);
