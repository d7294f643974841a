import type { PhoneWindow } from './phone-window.ts';
import { until } from './until.ts';

declare global {
  interface Window {
    madeConnections?: RTCPeerConnection[];
  }
}

/** How one phone reaches the other. `protocol`: how it speaks to the relay; null: without one. */
interface ChosenPath {
  local: string;
  remote: string;
  protocol: string | null;
}

/** From here on, remembers every peer connection that the phone makes. */
export const watchConnections = (phone: PhoneWindow): Promise<void> =>
  phone.evaluate(() => {
    const made: RTCPeerConnection[] = [];
    window.madeConnections = made;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });

/** The browser's own statistics of the newest connection that is up. */
export const statsOf = (phone: PhoneWindow): Promise<Record<string, unknown>[]> =>
  phone.evaluate(async () => {
    const up = (window.madeConnections ?? []).filter((it) => it.connectionState === 'connected');
    const entries: Record<string, unknown>[] = [];
    (await up.at(-1)?.getStats())?.forEach((entry: Record<string, unknown>) => entries.push(entry));
    return entries;
  });

/** The kinds of candidates between which the packets of the current call go. */
export const chosenPath = (phone: PhoneWindow): Promise<ChosenPath> =>
  until(
    async () => {
      const stats = await statsOf(phone);
      const byId = (id: unknown) => stats.find((entry) => entry['id'] === id);
      const transport = stats.find((entry) => entry['type'] === 'transport');
      const pair = byId(transport?.['selectedCandidatePairId']);
      const [local, remote] = [byId(pair?.['localCandidateId']), byId(pair?.['remoteCandidateId'])];
      if (!local || !remote) return null;
      return {
        local: String(local['candidateType']),
        remote: String(remote['candidateType']),
        protocol: local['candidateType'] === 'relay' ? String(local['relayProtocol']) : null,
      };
    },
    { what: 'a chosen path' },
  );
