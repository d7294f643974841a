import { expectSound } from './support/in-call.ts';
import { startProxyWithoutWebsockets } from './support/proxy-without-websockets.ts';
import { startServer } from './support/start-server.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

test('behind a proxy that lets no websocket through', async ({ server, grace, someone, closing }) => {
  const start = async (at: string, how: 'refuses' | 'is silent'): Promise<string> =>
    closing(await startProxyWithoutWebsockets(at, how)).url;
  const linus = await someone('Linus', {}, { url: await start(server.url, 'refuses') });

  for (const how of ['refuses', 'is silent'] as const) {
    await test.step(`which ${how}: people are called all the same`, async () => {
      if (how === 'is silent') await linus.signIn(await start(server.url, how));
      await grace.call('Linus', 'audio');
      await linus.accept();
      await Promise.all([linus.connected(), grace.connected()]);
      await expectSound(linus);
      await linus.button('Hang up').click();
      expect(await grace.ended()).toBe('hung-up');
    });
  }

  await test.step('where the server does not let phones poll: the person reads what is in the way', async () => {
    const withoutPolls = await startServer({ LONG_POLLING: 'off' });
    closing({ close: () => withoutPolls.stop() });
    await linus.ask('sign-up', {
      serverUrl: await start(withoutPolls.url, 'refuses'),
      insecureConfirmed: true,
      username: 'linus',
      displayName: 'Linus',
      password: 'correct horse',
    });
    await expect(linus.popup.getByText(words('problemWebsocketBlocked'))).toBeVisible();
  });
});
