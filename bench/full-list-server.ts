// A server as in many tutorials, for comparison: whenever somebody connects, it sends everybody the whole list, and
// it passes messages on by name. It prints its port. It does not announce people whose token starts with `quiet`,
// so that many people connect in a reasonable time.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
const people = new Map<string, { userId: string; username: string; displayName: string; status: string }>();

io.on('connection', (socket) => {
  const { token } = socket.handshake.auth;
  const name = String(token);
  people.set(socket.id, {
    userId: crypto.randomUUID(),
    username: name,
    displayName: name,
    status: 'available',
  });
  void socket.join(name);
  socket.on('pass-on', (message: { to: string }) => {
    io.to(message.to).emit('pass-on', { ...message, from: name });
  });
  if (name.startsWith('quiet')) socket.emit('users', []);
  else io.emit('users', [...people.values()]);
});
http.listen(0, '127.0.0.1', () => {
  // A listening TCP server has an address with a port.
  console.log(String((http.address() as AddressInfo).port));
});
