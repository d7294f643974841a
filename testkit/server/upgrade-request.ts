/** The request that opens a websocket, to the sockets' own path if none is given. */
export const upgradeRequest = (
  path = '/socket.io/?EIO=4&transport=websocket',
  more: readonly string[] = [],
): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...more,
    '\r\n',
  ].join('\r\n');
