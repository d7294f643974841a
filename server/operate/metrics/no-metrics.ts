import type { Metrics } from './metrics.ts';

const nothing = (): void => undefined;

/** For a server that nobody measures. */
export const noMetrics: Metrics = {
  watch: nothing,
  connected: nothing,
  disconnected: nothing,
  handshakeRefused: nothing,
  slowConsumer: nothing,
  event: nothing,
  request: nothing,
  rateLimited: nothing,
  callPlaced: nothing,
  callEnded: nothing,
  setup: nothing,
  glare: nothing,
  lockConflict: nothing,
  leasesExpired: nothing,
  presenceChanged: nothing,
};
