// A server as in many tutorials, for comparison: whenever somebody connects, everybody gets the whole list,
// and messages are passed on by name. Prints its port. People whose token starts with `quiet` are there
// without being announced, so that a population can be brought up in a time that one can wait for.
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
