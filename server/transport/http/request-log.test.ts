import { expect, it } from 'vitest';
import { startTestServer } from '../../../testkit/server/start-test-server.ts';

const CODE = 'hG7tQ2mZ4xW9rB1c';

it('tells which route was asked for, and no id or code, however its path is written', async () => {
  await using server = await startTestServer();
  const ada = await server.signUp('ada');
  const { userId } = ada.account;
  const paths = [
    ...['invite', 'INVITE', 'Invite', '/invite', 'invite/x', 'i%6evite', 'invites', 'api/v1/invites'],
    ...['api/v1/people', 'API/v1/People', 'oidc/callback', 'socket.io', 'healthz', 'metrics'],
  ].flatMap((folder) => [CODE, userId].map((secret) => `/${folder}/${secret}`));
  for (const path of [
    ...paths,
    `/api/v1/people/${userId}/picture`,
    `/${CODE}`,
    `/?code=${CODE}`,
    `/%${CODE}`,
  ]) {
    await fetch(server.url + path, { headers: { authorization: `Bearer ${ada.token}` } });
    await fetch(server.url + path, { method: 'DELETE' });
  }
  await fetch(`${server.url}/healthz`);
  await server.stop();
  const asked = (route: string): boolean => server.logged.some((line) => line.includes(`"route":"${route}"`));
  for (const route of ['/invite/:code', '/api/v1/people/:userId/picture', 'none', '/']) {
    expect([route, asked(route)]).toEqual([route, true]);
  }
  const log = server.logged.join('').toLowerCase();
  for (const secret of [CODE, userId, CODE.slice(0, 8), 'hg7t'])
    expect(log).not.toContain(secret.toLowerCase());
});
