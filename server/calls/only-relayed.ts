import type { Signal } from '../../protocol/calls/signal.ts';

const isRelayed = (candidate: string): boolean => candidate === '' || / typ relay\b/i.test(candidate);

/** A session description without the candidates that reveal a person's own address. */
export const onlyRelayedSdp = (sdp: string): string =>
  sdp.replace(/^a=candidate:.*\r?\n/gim, (line) => (isRelayed(line) ? line : ''));

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
