// A relay in a separate process, for a machine in the bench's own network: `node bench/relay-process.ts HOST PORT`
import { startRelay } from './relay.ts';

const [host, port] = process.argv.slice(2);
const { url } = await startRelay({ host, port: Number(port) });
console.log(url);
