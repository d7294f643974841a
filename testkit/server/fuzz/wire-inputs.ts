import fc from 'fast-check';
import { anyRequest, httpPieces, ordinaryRequest, upgrade } from './http-pieces.ts';
import { frame, onePiece, raw } from './pieces.ts';
import { socketPieces } from './socket-pieces.ts';
import { HELLO, type Piece, type Segment, type WireInput } from './wire-input.ts';

/** Cuts some segments in the middle, which gives slow headers, and frames that arrive in pieces. */
const segmentsOf = (
  pieces: fc.Arbitrary<Piece[]>,
  answer: 'perhaps' | 'answer' = 'perhaps',
): fc.Arbitrary<Segment[]> =>
  fc.array(
    fc.record({
      pieces: fc.array(pieces, { minLength: 1, maxLength: 3 }).map((lists) => lists.flat()),
      then: fc.constantFrom<Segment['then']>(0, 0, 0, 1, 5, answer, answer),
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
    { weight: 2, arbitrary: segmentsOf(onePiece(ordinaryRequest), 'answer') },
    // An upgrade request together with frames that belong after its answer; and an empty connection.
    {
      weight: 2,
      arbitrary: segmentsOf(fc.tuple(upgrade, socketPieces).map(([first, rest]) => [first, ...rest])),
    },
    { weight: 1, arbitrary: fc.constant<Segment[]>([]) },
  ),
  ending,
});
/** A sign-in that the server greets, followed by these segments. */
const signIn: Segment = { pieces: [frame(HELLO)], then: 'ready' };

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

/** Everything that an attacker does to a server over a TCP connection. */
export const wireInputs: fc.Arbitrary<WireInput> = fc.oneof(
  { weight: 1, arbitrary: http },
  { weight: 1, arbitrary: socket },
);
