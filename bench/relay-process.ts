// A relay of its own process, for a machine in a network of the bench's own: `node bench/relay-process.ts HOST PORT`
import { startRelay } from './relay.ts';

const [host, port] = process.argv.slice(2);
const { url } = await startRelay({ host, port: Number(port) });
console.log(url);
