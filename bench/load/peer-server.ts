// PeerJS' server as its package comes, https://github.com/peers/peerjs-server, but for how long it waits for a sign of
// life: the driver's phones send none beside the calls. Prints its port.
import type { AddressInfo } from 'node:net';
import { PeerServer } from 'peer';

PeerServer({ host: '127.0.0.1', port: 0, alive_timeout: 3_600_000 }, (server) => {
  // A listening TCP server has an address with a port.
  console.log(String((server.address() as AddressInfo).port));
});
