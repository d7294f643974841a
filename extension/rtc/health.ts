/** How a peer's connection does. `new`: it has never been up. */
export type Health = 'new' | 'connected' | 'interrupted' | 'failed';

/**
 * The connection's next health, from its last one, the browser's state, and
 * whether anything came from the other side within the last two seconds.
 * `connecting` comes back during a restart and says nothing about the media.
 */
export const nextHealth = (health: Health, state: RTCPeerConnectionState, alive: boolean): Health => {
  switch (state) {
    case 'connected':
      return alive ? 'connected' : 'interrupted';
    case 'disconnected':
      // The browser's own state changes late: it counts only where nothing contradicts it.
      return health === 'new' || alive ? health : 'interrupted';
    case 'failed':
      return 'failed';
    case 'new':
    case 'connecting':
      return health === 'connected' && !alive ? 'interrupted' : health;
    case 'closed':
      return health;
  }
};
