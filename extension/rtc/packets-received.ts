const COUNTERS = ['packetsReceived', 'requestsReceived', 'responsesReceived'] as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/**
 * How much has arrived on a connection's transport, media and connectivity
 * checks alike. Only whether it grows means something: some packets count twice.
 */
export const packetsReceived = async (connection: Pick<RTCPeerConnection, 'getStats'>): Promise<number> => {
  let sum = 0;
  (await connection.getStats()).forEach((report: unknown) => {
    if (!isRecord(report) || (report['type'] !== 'transport' && report['type'] !== 'candidate-pair')) return;
    for (const name of COUNTERS) {
      const count = report[name];
      if (typeof count === 'number') sum += count;
    }
  });
  return sum;
};
