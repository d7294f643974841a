import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeMicrophone } from './fake-microphone.ts';
import { Network } from './network.ts';
import type { NetworkHost } from './network-host.ts';
import { Person } from './person.ts';
import { watchSound } from './sound-probe.ts';
import { startServer } from './start-server.ts';

/** A person, and the machine on which their browser runs. */
interface AtMachine {
  person: Person;
  host: NetworkHost;
}

/** Two people and a server, each on their own machine in one network. Both people's fake microphones always speak. */
export interface ThreeMachines {
  network: Network;
  server: NetworkHost;
  caller: AtMachine;
  callee: AtMachine;
  close(): Promise<void>;
}

/** Their names need not be unique between tests, because they sign up at this scene's own server. */
export const openThreeMachines = async (callerName: string, calleeName: string): Promise<ThreeMachines> => {
  const folder = await mkdtemp(join(tmpdir(), 'quick-call-speech-'));
  const args = await fakeMicrophone('voice', folder);
  const network = new Network();
  const host = network.host('server');
  const server = await startServer({}, host);
  const open = async (name: string): Promise<AtMachine> => {
    const machine = network.host(name.toLowerCase());
    const person = await Person.open(name, { host: machine, args });
    await watchSound(person.phone);
    await person.signIn(server.url);
    return { person, host: machine };
  };
  const [caller, callee] = [await open(callerName), await open(calleeName)];
  return {
    network,
    server: host,
    caller,
    callee,
    async close() {
      for (const { person } of [caller, callee]) await person.close();
      await server.stop();
      await network.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
