// The lower bound of the cost: a server that only passes each message on to its recipient, over the same WebSocket
// library as ours. It identifies people by the path, and adds the sender to each message. With the argument
// `acknowledging` it also acknowledges each message to the sender, as ours does. It prints its port.
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

const acknowledges = process.argv[2] === 'acknowledging';
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
const phones = new Map<string, WebSocket>();

const addressee = (message: object): string => ('to' in message ? String(message.to) : '');

server.on('connection', (socket, request) => {
  const name = request.url?.slice(1) ?? '';
  phones.set(name, socket);
  socket.on('close', () => phones.delete(name));
  socket.on('message', (data: Buffer) => {
    const message: unknown = JSON.parse(data.toString());
    if (typeof message !== 'object' || message === null) return;
    phones.get(addressee(message))?.send(JSON.stringify({ ...message, from: name }));
    if (acknowledges) socket.send('{"ok":true}');
  });
});
server.on('listening', () => {
  // A listening TCP server has an address with a port.
  console.log(String((server.address() as AddressInfo).port));
});
