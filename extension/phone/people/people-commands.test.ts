import { expect, it, vi } from 'vitest';
import { createAsk } from '../connection/ask.ts';
import { createPeopleCommands } from './people-commands.ts';

const CODE = 'ABCD-EFGH-JKMN-PQRS-TVWX';
const setUp = (answer: object) => {
  const request = vi.fn().mockResolvedValue(answer);
  const commands = createPeopleCommands({
    ask: createAsk(() => ({ request })),
    serverUrl: () => 'https://call.example.org',
  });
  return { request, commands };
};

it('asks for a username, and redeems a link', async () => {
  const asking = setUp({ ok: true });
  expect(await asking.commands['add-contact']({ wanted: 'Grace' })).toEqual({ ok: true, added: null });
  expect(asking.request).toHaveBeenCalledWith(
    'contact:request',
    { username: 'grace' },
    expect.any(AbortSignal),
  );
  const redeeming = setUp({ ok: true, displayName: 'Grace' });
  const wanted = `https://call.example.org/invite/${CODE}`;
  expect(await redeeming.commands['add-contact']({ wanted })).toEqual({ ok: true, added: 'Grace' });
  expect(redeeming.request).toHaveBeenCalledWith('contact:redeem', { code: CODE }, expect.any(AbortSignal));
});

it('asks nobody about what is no name, or leads to another server', async () => {
  const { request, commands } = setUp({ ok: true });
  expect(await commands['add-contact']({ wanted: 'a b' })).toEqual({ ok: false, code: 'bad-contact' });
  const wanted = `https://evil.example/invite/${CODE}`;
  expect(await commands['add-contact']({ wanted })).toEqual({ ok: false, code: 'other-server' });
  expect(request).not.toHaveBeenCalled();
});

it('says that a code is no good, and what else the server says', async () => {
  const over = setUp({ ok: false, code: 'not-found' });
  expect(await over.commands['add-contact']({ wanted: CODE })).toEqual({ ok: false, code: 'bad-invite' });
  const full = setUp({ ok: false, code: 'too-large' });
  expect(await full.commands.block({ userId: 'x' })).toEqual({ ok: false, code: 'too-large' });
  const nobody = createPeopleCommands({ ask: createAsk(() => null), serverUrl: () => null });
  expect(await nobody.block({ userId: 'x' })).toEqual({ ok: false, code: 'signed-out' });
});

it('makes a link from a code', async () => {
  const { commands } = setUp({ ok: true, code: CODE, expiresAt: 1, uses: 20 });
  expect(await commands['make-invite']({})).toEqual({
    ok: true,
    link: `https://call.example.org/invite/${CODE}`,
  });
});
