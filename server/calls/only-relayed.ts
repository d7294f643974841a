import type { Signal } from '../../protocol/calls/signal.ts';

/** RFC 8839, 5.1: the type is the seventh field; what comes after it may hold any words. */
const RELAYED = /^(?:a=)?candidate:(?:\S+ ){6}typ relay\b/i;

const isRelayed = (candidate: string): boolean => candidate === '' || RELAYED.test(candidate);

/** A session description without the candidates that reveal a person's own address. */
export const onlyRelayedSdp = (sdp: string): string =>
  // The last line may have no end.
  sdp.replace(/^a=candidate:[^\n]*(?:\n|$)/gim, (line) => (isRelayed(line) ? line : ''));

/** The part of a signal that may reach the other side where every address is hidden; null: none. */
export const onlyRelayed = (signal: Signal): Signal | null => {
  switch (signal.kind) {
    case 'candidates': {
      const candidates = signal.candidates.filter(({ candidate }) => isRelayed(candidate));
      return candidates.length === 0 ? null : { ...signal, candidates };
    }
    case 'description': {
      const { type, sdp } = signal.description;
      return { ...signal, description: { type, sdp: onlyRelayedSdp(sdp) } };
    }
  }
};
