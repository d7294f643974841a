/** Where phones connect, as Socket.IO's clients expect it. */
export const SOCKETS_PATH = '/socket.io';
