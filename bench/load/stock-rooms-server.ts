// Plain Socket.IO, with each connection in as many rooms as a phone of ours has contacts, and nothing else: it
// shows what a connection costs without our own code. It prints its port. Its argument is the number of rooms; each
// token ends with the person's number.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const rooms = Number(process.argv[2]);
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });

io.on('connection', async (socket) => {
  const { token } = socket.handshake.auth;
  const person = Number(/\d+$/.exec(String(token))?.[0]);
  // The names of rooms are as long as our server's, and neighbours share rooms in the same way.
  await socket.join(
    Array.from(
      { length: rooms },
      (_, i) => `watch:00000000-0000-4000-8000-${String(person + i).padStart(12, '0')}`,
    ),
  );
  socket.emit('ready');
});
http.listen(0, '127.0.0.1', () => {
  // A listening TCP server has an address with a port.
  console.log(String((http.address() as AddressInfo).port));
});
