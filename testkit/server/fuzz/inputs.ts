import fc from 'fast-check';
import { CLIENT_EVENTS } from '../../../protocol/events.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { mutated } from './mutations.ts';
import { eventSeeds, requestSeeds, type Targets } from './seeds.ts';

/** Something hostile, broken or only odd, to be sent to the server. */
export type Input =
  /** An event of a signed-in phone. */
  | { kind: 'event'; event: string; args: unknown[] }
  /** A frame of a signed-in phone, as it is on the wire: text, or base64 of bytes. */
  | { kind: 'frame'; text: string }
  | { kind: 'binary'; bytes: Uint8Array }
  /** A handshake. */
  | { kind: 'handshake'; auth: unknown }
  | { kind: 'request'; method: string; path: string; headers: Record<string, string>; body: string }
  /** Bytes on a connection that has or has not been upgraded to a websocket. */
  | { kind: 'bytes'; upgraded: boolean; bytes: Uint8Array };

const words = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('💥', '\0', '\uD800', 'é'),
);

const eventInput = (targets: Targets): fc.Arbitrary<Input> => {
  const seeds: [string, unknown][] = Object.entries(eventSeeds(targets));
  const known = fc
    .constantFrom(...seeds)
    .chain(([event, seed]) =>
      fc.record({ event: fc.constant(event), args: fc.tuple(mutated(seed)).map((one): unknown[] => one) }),
    );
  const odd = fc.record({
    event: fc.oneof(words, fc.constantFrom('__proto__', 'constructor', 'disconnect', 'session:ready')),
    args: fc.array(fc.jsonValue()),
  });
  const wrongNumber = fc.record({
    event: fc.constantFrom(...Object.keys(CLIENT_EVENTS)),
    args: fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 4 }),
  });
  return fc
    .oneof(
      { weight: 8, arbitrary: known },
      { weight: 1, arbitrary: odd },
      { weight: 1, arbitrary: wrongNumber },
    )
    .map((it) => ({ kind: 'event', ...it }));
};

/** Engine.IO and Socket.IO packets, whole and broken. */
const frameInput = (targets: Targets): fc.Arbitrary<Input> => {
  const seeds: [string, unknown][] = Object.entries(eventSeeds(targets));
  const packet = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.nat({ max: 1e6 }),
      fc.constantFrom('42', '43', '41', '40', '44', '45', '46'),
    )
    .map(([seed, id, type]) => `${type}${String(id)}${JSON.stringify(seed)}`);
  const cut = fc.tuple(packet, fc.nat(), words).map(([text, at, word]) => {
    const place = at % text.length;
    return text.slice(0, place) + word + text.slice(place + word.length);
  });
  const odd = fc.constantFrom(
    ...[
      '',
      '1',
      '2probe',
      '3',
      '4',
      '5',
      '6',
      '42',
      '42[',
      '42[]',
      '420[]',
      '42{}',
      '40/admin,',
      '42/admin,["x"]',
    ],
    ...[
      '451-["x",{"_placeholder":true,"num":0}]',
      `42["call:invite",${'['.repeat(20_000)}`,
      '42["disconnect"]',
    ],
    ...[`42${'9'.repeat(400)}["x"]`, `42["presence:set",{"status":"${'x'.repeat(70_000)}"}]`],
  );
  const text = fc
    .oneof({ weight: 4, arbitrary: cut }, { weight: 1, arbitrary: odd }, { weight: 1, arbitrary: words })
    .map((it): Input => ({ kind: 'frame', text: it }));
  const binary = fc.uint8Array({ maxLength: 300 }).map((bytes): Input => ({ kind: 'binary', bytes }));
  return fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: binary });
};

const handshakeInput = (targets: Targets): fc.Arbitrary<Input> =>
  fc
    .oneof(
      mutated({
        protocol: PROTOCOL_VERSION,
        token: 'x'.repeat(43),
        instanceId: targets.callId,
        callId: targets.callId,
        ended: { callId: targets.callId, lasted: 1 },
      }),
      fc.jsonValue(),
    )
    .map((auth) => ({ kind: 'handshake', auth }));

/** The characters that a header may hold; the client refuses to send others. */
const headerText = fc.stringMatching(/^[ -~\t]{0,40}$/);

const requestInput = (targets: Targets): fc.Arbitrary<Input> => {
  const headers = fc.dictionary(
    fc.constantFrom(
      'authorization',
      'origin',
      'host',
      'content-type',
      'accept-language',
      'x-forwarded-for',
      'cookie',
    ),
    fc.oneof(
      headerText,
      fc.constantFrom(
        'Bearer x',
        `Bearer ${'x'.repeat(43)}`,
        'null',
        'https://evil.example',
        'application/json; charset=x',
      ),
    ),
    { maxKeys: 2 },
  );
  return fc.constantFrom(...requestSeeds(targets)).chain((seed) =>
    fc
      .record({
        method: fc.oneof(
          { weight: 8, arbitrary: fc.constant(seed.method) },
          { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND') },
        ),
        path: fc.oneof(
          { weight: 6, arbitrary: fc.constant(seed.path) },
          {
            weight: 1,
            arbitrary: words.map((word) => `${seed.path}/${encodeURIComponent(word.toWellFormed())}`),
          },
          {
            weight: 1,
            arbitrary: fc.constantFrom('/%', '/%00', '/%E0%A4%A', '//', '/..%2f', `/?${'a=1&'.repeat(500)}`),
          },
        ),
        headers,
        body: fc.oneof(
          {
            weight: 5,
            arbitrary: mutated(seed.body).map((body) => (body === undefined ? '' : JSON.stringify(body))),
          },
          { weight: 1, arbitrary: words },
          {
            weight: 1,
            arbitrary: fc.constantFrom('{', '[]', 'null', '"', '{"a":1e999}', `"${'x'.repeat(10_000)}"`),
          },
        ),
      })
      .map((it): Input => ({ kind: 'request', ...it })),
  );
};

/** Frames that no correct client sends: unmasked, with reserved opcodes, with a wrong length, or truncated. */
const bytesInput: fc.Arbitrary<Input> = fc
  .tuple(
    fc.boolean(),
    fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc
        .tuple(
          fc.integer({ min: 0, max: 255 }),
          fc.integer({ min: 0, max: 255 }),
          fc.uint8Array({ maxLength: 80 }),
        )
        .map(([first, second, rest]) => Uint8Array.from([first, second, ...rest])),
    ),
  )
  .map(([upgraded, bytes]) => ({ kind: 'bytes', upgraded, bytes }));

/** Everything that a hostile end may send, in proportion to how much of the server it reaches. */
export const inputs = (targets: Targets): fc.Arbitrary<Input> =>
  fc.oneof(
    { weight: 50, arbitrary: eventInput(targets) },
    { weight: 20, arbitrary: frameInput(targets) },
    { weight: 18, arbitrary: requestInput(targets) },
    { weight: 6, arbitrary: handshakeInput(targets) },
    { weight: 6, arbitrary: bytesInput },
  );
