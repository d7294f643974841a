import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { RawConnection } from '../../../testkit/server/raw-connection.ts';
import { run, started } from '../../../testkit/server/server-process.ts';
import { startRedis } from '../../../testkit/server/start-redis.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { createTestPeople } from '../../../testkit/server/test-people.ts';
import { upgradeRequest } from '../../../testkit/server/upgrade-request.ts';
import { websocketFrame } from '../../../testkit/server/websocket-frame.ts';

it('nobody ends the process by an upgrade, a reset or the order of packets', async () => {
  const redis = await startRedis();
  onTestFinished(redis.stop);
  const running = run(temporaryFolder(), { RATE_LIMIT_FACTOR: '1000', REDIS_URL: redis.url });
  const url = await started(running);
  const expectUnharmed = async (): Promise<void> => {
    expect(await fetch(`${url}/healthz`).catch(() => running.output().err)).toMatchObject({ status: 200 });
    // Its own lines, and none of an error.
    for (const line of running.output().err.trim().split('\n')) expect(line).toMatch(/^\{"level":[1-4]0,/);
  };

  // An upgrade to another path is answered and closed at once.
  for (const path of ['/', '/api/v1/session', '/socket.io', '/other/socket.io/', '//', '/socket.io/?sid=x']) {
    const answered = await RawConnection.open(url);
    await answered.write(upgradeRequest(path));
    expect(await answered.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 40[04] /);
    // Though the client would keep its half open.
    await answered.ended();
    await answered.reset();
    const reset = await RawConnection.open(url);
    await reset.write(upgradeRequest(path));
    await reset.reset();
  }
  await expectUnharmed();

  // One to the sockets' own path waits for Redis to be admitted.
  redis.freeze();
  const waiting = await RawConnection.open(url);
  await waiting.write(upgradeRequest());
  await waiting.reset();
  redis.thaw();
  await expectUnharmed();

  // A connection is one phone's, from its CONNECT to its DISCONNECT.
  const people = createTestPeople(url);
  const { token } = await people.signUp('ada');
  const auth = { protocol: PROTOCOL_VERSION, token, instanceId: randomUUID() };
  const hello = websocketFrame(`40${JSON.stringify(auth)}`);
  const goodbye = websocketFrame('41');
  for (const [first, ...more] of [
    [Buffer.concat([hello, hello])],
    [hello, Buffer.concat([goodbye, hello])],
    [hello, goodbye, hello],
    [hello, goodbye],
    [hello, websocketFrame('40/admin,')],
  ]) {
    const connection = await RawConnection.open(url);
    await connection.write(upgradeRequest());
    await connection.until(/0\{"sid"/);
    await connection.write(first ?? '');
    await connection.until(/40\{"sid"|\x88/);
    for (const segment of more) await connection.write(segment);
    // A close frame: the client has half a minute to answer it.
    expect(await connection.until(/\x88/)).toMatch(/\x88/);
    await connection.reset();
  }
  await expectUnharmed();
});
