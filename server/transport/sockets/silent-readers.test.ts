import { expect, it } from 'vitest';
import { RawConnection } from '../../../testkit/server/raw-connection.ts';
import { startTestServer } from '../../../testkit/server/start-test-server.ts';
import { upgradeRequest } from '../../../testkit/server/upgrade-request.ts';
import { websocketFrame } from '../../../testkit/server/websocket-frame.ts';

/** What the systems of both ends may keep before anything waits in the server, and then some. */
const MOST_BATCHES = 1000;

it('cuts off a client that sends pings and reads none of the answers, without an account', async () => {
  await using server = await startTestServer();
  const connection = await RawConnection.open(server.url);
  await connection.write(upgradeRequest());
  await connection.until(/0\{"sid"/);
  connection.pause();
  const ping = websocketFrame('x'.repeat(125), { opcode: 9 });
  const batch = Buffer.concat(Array.from({ length: 500 }, () => ping));
  let batches = 0;
  while (!connection.hasEnded && batches < MOST_BATCHES) {
    await connection.write(batch);
    batches += 1;
  }
  expect(batches).toBeLessThan(MOST_BATCHES);
  expect(server.logged.join('')).toContain('a phone that does not read was cut off');
  await connection.reset();
});
