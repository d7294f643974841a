import fc from 'fast-check';
import { frame, noise, onePiece } from './pieces.ts';
import { AUTH, HELLO } from './wire-input.ts';

/** Engine.IO's packets, and Socket.IO's in them. */
const packets = fc.constantFrom(
  ...['0', '1', '2', '2probe', '3', '3probe', '5', '6', '7', '', 'b', 'bAAAA', '\x1e', '4', '4\x1e4'],
  ...['41', '42', '43', '44', '45', '46', '47', '40/admin,', '40/admin,{}', '41/admin,'],
  ...['42/admin,["x"]', '40{}', '40[]', '40null', '40{"pid":1,"offset":{}}'],
  ...['42["presence:idle",{"idle":false}]', '421["presence:idle",{"idle":true}]'],
  ...['420["device:list",{}]', '42[1]', '42["__proto__"]', '42["error"]', '42["disconnecting"]'],
  ...['431[]', '43["x"]', '451-["x",{"_placeholder":true,"num":0}]', '44{"message":"x"}'],
  ...[`42["x","${'y'.repeat(70_000)}"]`],
  ...['42["presence:idle",{"idle":false}]\x1e42["presence:idle",{"idle":true}]'],
  ...[`42["x"${'['.repeat(9000)}`],
);
/** Packets in the order of an almost normal connection. */
const socketPackets = fc.oneof(
  { weight: 3, arbitrary: fc.constant(HELLO) },
  { weight: 2, arbitrary: fc.constant('41') },
  { weight: 2, arbitrary: packets },
);

const control = fc
  .record({
    payload: fc.constantFrom(
      ...['', 'x', 'x'.repeat(125), 'x'.repeat(126), '\x03\xe8', '\x03\xed', '\x00', '\x03\xe8\xff'],
    ),
    options: fc.record({ opcode: fc.constantFrom(8, 9, 10), fin: fc.boolean() }),
  })
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

/** One packet in several frames, with allowed and forbidden frames between them. */
const fragmented = fc
  .tuple(socketPackets, fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }), fc.option(control))
  .map(([packet, cuts, between]) => {
    // A placeholder is not split.
    const end = packet.endsWith(AUTH) ? packet.length - AUTH.length : packet.length;
    const places = [0, ...cuts.map((cut) => Math.min(cut, end)).toSorted((a, b) => a - b), packet.length];
    const parts = places.slice(1).map((to, index) => packet.slice(places[index], to));
    return parts.flatMap((part, index) => [
      frame(part, { opcode: index === 0 ? 1 : 0, fin: index === parts.length - 1 }),
      ...(between && index === 0 ? [between] : []),
    ]);
  });

/** What a hostile client sends over an open websocket. */
export const socketPieces = fc.oneof(
  { weight: 8, arbitrary: onePiece(socketPackets.map((packet) => frame(packet))) },
  { weight: 2, arbitrary: fragmented },
  { weight: 2, arbitrary: onePiece(control) },
  { weight: 2, arbitrary: onePiece(oddFrame) },
  { weight: 1, arbitrary: onePiece(noise) },
);
