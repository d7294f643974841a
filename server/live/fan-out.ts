import type { PhoneServer } from '../transport/sockets/typed-io.ts';

/** How events reach phones that are connected to other nodes. */
export interface FanOut {
  /** Before the first phone connects. */
  attach(io: Pick<PhoneServer, 'adapter'>): void;
  /** Resolves when this node hears what is sent to every room that its phones have joined so far. */
  settled(): Promise<void>;
}

/** There is one node. */
export const NO_FAN_OUT: FanOut = {
  attach: () => undefined,
  settled: () => Promise.resolve(),
};
