import fc from 'fast-check';
import { upgradeRequest } from '../upgrade-request.ts';
import type { FrameOptions } from '../websocket-frame.ts';

/** Stands in a frame for the CONNECT packet of somebody who is signed in. */
export const HELLO = '$hello';

/** Bytes, a character each; or a WebSocket frame. */
export type Piece = { kind: 'raw'; text: string } | { kind: 'frame'; payload: string; options: FrameOptions };

/** What is sent in one go. */
export interface Segment {
  pieces: Piece[];
  /** What comes before the next: nothing, as many milliseconds, or an answer. */
  then: number | 'answer';
}

/** One connection at the layers below events, from its opening to its end. */
export interface WireInput {
  door: 'main' | 'metrics';
  /** It begins with a websocket that is open. */
  upgraded: boolean;
  segments: Segment[];
  /** A TCP reset; our half is closed; both are; it is left open, and reset when everybody has forgotten it. */
  ending: 'reset' | 'half' | 'close' | 'linger';
}

const raw = (text: string): Piece => ({ kind: 'raw', text });
const frame = (payload: string, options: FrameOptions = {}): Piece => ({ kind: 'frame', payload, options });

const noise = fc
  .uint8Array({ minLength: 1, maxLength: 60 })
  .map((bytes) => raw(Buffer.from(bytes).toString('latin1')));

const paths = fc.constantFrom(
  ...['/', '//', '*', '/%', '/\xff', '/socket.io', '/socket.io/', '/socket.io/?EIO=4&transport=websocket'],
  ...['/socket.io/?EIO=3&transport=websocket', '/socket.io/?EIO=4&transport=polling', '/socket.io/?EIO=4'],
  ...['/socket.io/?EIO=4&transport=websocket&sid=x', '/socket.io/?transport=__proto__&sid=__proto__'],
  ...[
    '/SOCKET.IO/',
    '/socket.io/../',
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/v1/server',
    '/quick-call.zip',
  ],
  ...['http://127.0.0.1/', 'http://other.example/socket.io/', '127.0.0.1:1', '/api/v1/sessions', '?', '/#'],
);

const headers = fc.constantFrom(
  ...[
    'Host: 127.0.0.1',
    'Host:',
    'Host: [',
    'Host: other.example',
    'Host : 127.0.0.1',
    'Origin: https://evil.example',
  ],
  ...['Connection: Upgrade', 'Connection: close', 'Connection: keep-alive, Upgrade', 'Keep-Alive: timeout=0'],
  ...[
    'Upgrade: websocket',
    'Upgrade: h2c',
    'Upgrade: websocket, h2c',
    'Upgrade: \xff',
    'HTTP2-Settings: AAMAAABk',
  ],
  ...[
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Version: 99',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ],
  ...['Sec-WebSocket-Key: x', 'Sec-WebSocket-Extensions: permessage-deflate', 'Sec-WebSocket-Protocol: ,,'],
  ...['Content-Length: 5', 'Content-Length: -1', 'Content-Length: 99999999999999', 'Content-Length: 5, 6'],
  ...[
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip',
    'Expect: 100-continue',
    'Expect: x',
    'Trailer: a',
  ],
  ...['Content-Type: application/json', 'Content-Encoding: gzip', 'X-Forwarded-For: ::ffff:1.2.3.4, %, 1'],
  ...[
    'Authorization: Bearer x',
    'Cookie: a=b;;=',
    'A\0: b',
    ' folded',
    `X: ${'y'.repeat(20_000)}`,
    'Range: bytes=9-1',
  ],
);

const bodies = fc.constantFrom(
  ...[
    '',
    '{"a":1}',
    '5\r\nhello\r\n0\r\n\r\n',
    'ffffffffffffffff\r\n',
    'x\r\n',
    '5;a=b\r\nhello\r\n0\r\nT: x\r\n\r\n',
  ],
  ...['{"username":"mallory0","password":"wrong"}', '\r\n\r\n\r\n', '0\r\n\r\n'],
);

const anyRequest = fc
  .record({
    method: fc.constantFrom(
      ...[
        'GET',
        'GET',
        'GET',
        'POST',
        'PUT',
        'HEAD',
        'OPTIONS',
        'CONNECT',
        'TRACE',
        'PRI',
        'get',
        'G\0T',
        '',
      ],
    ),
    path: paths,
    version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', ''),
    lines: fc.array(headers, { maxLength: 6 }),
    body: bodies,
  })
  .map(({ method, path, version, lines, body }) =>
    raw([`${method} ${path} ${version}`, 'Host: 127.0.0.1', ...lines, '', body].join('\r\n')),
  );

const ordinaryRequest = paths.map((path) => raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`));
const upgrade = fc.oneof(
  { weight: 3, arbitrary: fc.constant(raw(upgradeRequest())) },
  { weight: 2, arbitrary: paths.map((path) => raw(upgradeRequest(path))) },
  {
    weight: 1,
    arbitrary: fc.tuple(paths, headers).map(([path, header]) => raw(upgradeRequest(path, [header]))),
  },
);

/** Engine.IO's packets, and Socket.IO's in them. */
const packets = fc.constantFrom(
  ...['0', '1', '2', '2probe', '3', '3probe', '5', '6', '7', '', 'b', 'bAAAA', '\x1e', '4', '4\x1e4'],
  ...[
    '41',
    '42',
    '43',
    '44',
    '45',
    '46',
    '47',
    '40/admin,',
    '40/admin,{}',
    '41/admin,',
    '42/admin,["x"]',
    '40{}',
    '40[]',
  ],
  ...[
    '40null',
    '40{"pid":1,"offset":{}}',
    '42["presence:idle",{"idle":false}]',
    '421["presence:idle",{"idle":true}]',
  ],
  ...[
    '420["device:list",{}]',
    '42[1]',
    '42["__proto__"]',
    '42["error"]',
    '42["disconnecting"]',
    '431[]',
    '43["x"]',
  ],
  ...['451-["x",{"_placeholder":true,"num":0}]', '44{"message":"x"}', `42["x","${'y'.repeat(70_000)}"]`],
  ...['42["presence:idle",{"idle":false}]\x1e42["presence:idle",{"idle":true}]', `42["x"${'['.repeat(9000)}`],
);
/** As they come in a connection that is none too odd. */
const socketPackets = fc.oneof(
  { weight: 3, arbitrary: fc.constant(HELLO) },
  { weight: 2, arbitrary: fc.constant('41') },
  { weight: 2, arbitrary: packets },
);

const control = fc
  .oneof(
    fc.record({
      payload: fc.constantFrom(
        '',
        'x',
        'x'.repeat(125),
        'x'.repeat(126),
        '\x03\xe8',
        '\x03\xed',
        '\x00',
        '\x03\xe8\xff',
      ),
      options: fc.record({
        opcode: fc.constantFrom(8, 9, 10),
        fin: fc.boolean(),
      }),
    }),
  )
  .map(({ payload, options }) => frame(payload, options));

const oddFrame = fc
  .record({
    payload: fc.oneof(packets, fc.constant('x'.repeat(300_000)), fc.constant('\xff\xfe')),
    options: fc.record(
      {
        opcode: fc.nat({ max: 15 }),
        fin: fc.boolean(),
        rsv: fc.constantFrom(0, 0, 1, 2, 4, 7),
        masked: fc.constantFrom(true, true, false),
        claims: fc.constantFrom(0, 1, 125, 126, 65_535, 70_000, 300_000, 2 ** 31, Number.MAX_SAFE_INTEGER),
      },
      { requiredKeys: ['opcode', 'fin'] },
    ),
  })
  .map(({ payload, options }) => frame(payload, options));

/** One packet in several frames, with what may and may not stand between them. */
const fragmented = fc
  .tuple(socketPackets, fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }), fc.option(control))
  .map(([packet, cuts, between]) => {
    const places = [0, ...cuts.toSorted((a, b) => a - b), packet.length];
    const parts = places.slice(1).map((end, index) => packet.slice(places[index], end));
    return parts.flatMap((part, index) => [
      frame(part, { opcode: index === 0 ? 1 : 0, fin: index === parts.length - 1 }),
      ...(between && index === 0 ? [between] : []),
    ]);
  });

const onePiece = (piece: fc.Arbitrary<Piece>): fc.Arbitrary<Piece[]> => piece.map((one) => [one]);

const httpPieces = fc.oneof(
  { weight: 4, arbitrary: onePiece(anyRequest) },
  { weight: 2, arbitrary: onePiece(ordinaryRequest) },
  { weight: 3, arbitrary: onePiece(upgrade) },
  { weight: 1, arbitrary: onePiece(noise) },
);
const socketPieces = fc.oneof(
  { weight: 8, arbitrary: onePiece(socketPackets.map((packet) => frame(packet))) },
  { weight: 2, arbitrary: fragmented },
  { weight: 2, arbitrary: onePiece(control) },
  { weight: 2, arbitrary: onePiece(oddFrame) },
  { weight: 1, arbitrary: onePiece(noise) },
);

/** Some are cut in the middle: slow headers, and frames that come in pieces. */
const segmentsOf = (pieces: fc.Arbitrary<Piece[]>): fc.Arbitrary<Segment[]> =>
  fc.array(
    fc.record({
      pieces: fc.array(pieces, { minLength: 1, maxLength: 3 }).map((lists) => lists.flat()),
      then: fc.constantFrom<Segment['then']>(0, 0, 0, 1, 5, 'answer', 'answer'),
    }),
    { minLength: 1, maxLength: 4 },
  );
const cutInTwo = fc
  .tuple(fc.oneof(anyRequest, upgrade), fc.nat(), fc.constantFrom(0, 1, 5))
  .map(([piece, at, then]): Segment[] => {
    const text = piece.kind === 'raw' ? piece.text : piece.payload;
    const place = at % (text.length + 1);
    return [
      { pieces: [raw(text.slice(0, place))], then },
      { pieces: [raw(text.slice(place))], then: 0 },
    ];
  });

const ending = fc.constantFrom<WireInput['ending']>('reset', 'reset', 'half', 'close', 'linger');

const http = fc.record({
  door: fc.constantFrom<WireInput['door']>('main', 'main', 'main', 'metrics'),
  upgraded: fc.constant(false),
  segments: fc.oneof(
    { weight: 5, arbitrary: segmentsOf(httpPieces) },
    { weight: 2, arbitrary: cutInTwo },
    { weight: 2, arbitrary: segmentsOf(onePiece(ordinaryRequest)) },
    // An upgrade with what only comes after it; and nothing at all.
    {
      weight: 2,
      arbitrary: segmentsOf(fc.tuple(upgrade, socketPieces).map(([first, rest]) => [first, ...rest])),
    },
    { weight: 1, arbitrary: fc.constant<Segment[]>([]) },
  ),
  ending,
});
/** Somebody who is met, and then goes on like this. */
const signIn: Segment = { pieces: [frame(HELLO)], then: 'answer' };

const socket = fc.record({
  door: fc.constant<WireInput['door']>('main'),
  upgraded: fc.constant(true),
  segments: fc.oneof(
    { weight: 5, arbitrary: segmentsOf(socketPieces) },
    { weight: 4, arbitrary: segmentsOf(socketPieces).map((segments) => [signIn, ...segments]) },
    { weight: 1, arbitrary: fc.constant<Segment[]>([]) },
  ),
  ending,
});

/** Everything that can be done to a server with a TCP connection. */
export const wireInputs: fc.Arbitrary<WireInput> = fc.oneof(
  { weight: 1, arbitrary: http },
  { weight: 1, arbitrary: socket },
);
