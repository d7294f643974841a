/** How a peer's connection does. `new`: it has never been up. */
export type Health = 'new' | 'connected' | 'interrupted' | 'failed';

/**
 * What the connection's health is, from what it was, the browser's word, and
 * whether anything was heard of the other side within the last two seconds.
 * `connecting` comes back during a restart and says nothing about the media.
 */
export const nextHealth = (health: Health, state: RTCPeerConnectionState, alive: boolean): Health => {
  switch (state) {
    case 'connected':
      return alive ? 'connected' : 'interrupted';
    case 'disconnected':
      // Of the browser's own opinion, which comes late and goes late, only what nothing contradicts.
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
