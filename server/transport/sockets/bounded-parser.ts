import { Decoder as BaseDecoder, Encoder, PacketType, type Packet } from 'socket.io-parser';
import { LIMITS } from '../../../protocol/limits.ts';

/** Stands in an event for the payload that was too large. It cannot come from the wire. */
export const TOO_LARGE = Symbol('too large');

const isTooLarge = (frame: string): boolean =>
  // Counting bytes costs; most frames are far too short to need it.
  frame.length > LIMITS.eventBytes / 3 && Buffer.byteLength(frame) > LIMITS.eventBytes;

/**
 * Socket.IO's decoder for a server that knows the size of what it reads and
 * takes no binary: a frame over the limit keeps its event's name and its
 * acknowledgement, so that it can be answered, and loses the rest. One decoder
 * serves one connection, which is one phone's from beginning to end.
 */
class Decoder extends BaseDecoder {
  #isConnected = false;

  /** @throws Error which makes Socket.IO close the connection */
  override add(frame: unknown): void {
    // 5 and 6 open a binary packet, whose parts would be waited for and kept.
    if (typeof frame !== 'string' || frame.startsWith('5') || frame.startsWith('6')) {
      throw new Error('only text packets are accepted');
    }
    // Socket.IO takes any number of CONNECT packets, also while it is still busy with the one before.
    if (frame.startsWith('0') === this.#isConnected) throw new Error('CONNECT comes first, and once');
    this.#isConnected = true;
    if (frame.startsWith('/', 1)) throw new Error('there is one namespace');
    if (!isTooLarge(frame)) {
      super.add(frame);
      return;
    }
    const inner = new BaseDecoder();
    inner.on('decoded', (packet: Packet) => {
      const data: unknown = packet.data;
      const event: unknown = Array.isArray(data) ? data[0] : undefined;
      const bounded: unknown = packet.type === PacketType.EVENT ? [event, TOO_LARGE] : undefined;
      this.emitReserved('decoded', { ...packet, data: bounded });
    });
    inner.add(frame);
  }
}

/** Socket.IO's `parser` option. */
export const boundedParser = { Encoder, Decoder };
