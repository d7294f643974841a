import { afterEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '../../../testkit/server/fake-clock.ts';
import { settle } from '../../../testkit/server/settle.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let server: TestServer;
afterEach(() => server.stop());

describe('sessions over time', () => {
  it('slide on while they are used, connected or not, and are removed when they run out', async () => {
    const clock = createFakeClock();
    server = await startTestServer({ clock, config: { sessionLife: DAY } });
    const [connected, used, left] = [
      await server.signUp('ada'),
      await server.signUp('bob'),
      await server.signUp('eve'),
    ];
    await server.phone(connected);
    for (let i = 0; i < 30; i += 1) {
      clock.advance(HOUR);
      await settle();
      if (i % 12 === 0) (await server.phone(used)).close();
    }
    expect(await server.store.sessions.byId(connected.sessionId)).not.toBeNull();
    expect(await server.store.sessions.byId(used.sessionId)).not.toBeNull();
    expect(await server.store.sessions.byId(left.sessionId)).toBeNull();
    expect(await server.dial({ token: left.token }).refused()).toBe('unauthorized');
  });
});
