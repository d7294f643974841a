import type { PhoneServer } from '../../transport/sockets/typed-io.ts';
import { DISCONNECT_REASONS, type Metrics } from './metrics.ts';

/** Counts connections as they come and go. */
export const observeConnections = (
  io: PhoneServer,
  metrics: Pick<Metrics, 'connected' | 'disconnected'>,
): void => {
  io.on('connection', (socket) => {
    metrics.connected();
    socket.on('disconnect', (reason) => {
      metrics.disconnected(DISCONNECT_REASONS.find((known) => known === reason) ?? 'other');
    });
  });
};
