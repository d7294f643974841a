import { connect, expectSound } from '../support/in-call.ts';
import { Network } from '../support/network.ts';
import { startServer } from '../support/start-server.ts';
import { expect, test } from '../support/test.ts';

test('two people in networks of their own talk to each other', async ({ closing, someone }) => {
  const network = closing(new Network());
  const machines = {
    server: network.host('server'),
    nina: network.host('nina'),
    oscar: network.host('oscar'),
  };
  const server = await startServer({}, machines.server);
  const nina = await someone('Nina', { host: machines.nina }, server);
  const oscar = await someone('Oscar', { host: machines.oscar }, server);
  await connect(nina, oscar);
  await expectSound(nina);
  await expectSound(oscar);
  await nina.ask('hang-up', {});
  expect(await oscar.ended()).toBe('hung-up');
});
