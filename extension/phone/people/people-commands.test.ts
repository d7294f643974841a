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

it('asks nobody about what is no name', async () => {
  const { request, commands } = setUp({ ok: true });
  expect(await commands['add-contact']({ wanted: 'a b' })).toEqual({ ok: false, code: 'bad-contact' });
  const account = { wanted: 'K7QM-2XPD-9FHT-4WCB' };
  expect(await commands['add-contact'](account)).toEqual({ ok: false, code: 'account-invite' });
  const broken = { wanted: 'K7QM-2XPD-9FHT-4WC' };
  expect(await commands['add-contact'](broken)).toEqual({ ok: false, code: 'invite-incomplete' });
  const link = { wanted: 'https://evil.example/page' };
  expect(await commands['add-contact'](link)).toEqual({ ok: false, code: 'other-server' });
  expect(request).not.toHaveBeenCalled();
});

it('redeems a link to the server’s other name, and tells when it leads elsewhere', async () => {
  const wanted = `https://other.example/invite/${CODE}`;
  const same = setUp({ ok: true, displayName: 'Grace' });
  expect(await same.commands['add-contact']({ wanted })).toEqual({ ok: true, added: 'Grace' });
  // The code alone: nothing tells this server where the link leads.
  expect(same.request).toHaveBeenCalledWith('contact:redeem', { code: CODE }, expect.any(AbortSignal));
  const other = setUp({ ok: false, code: 'not-found' });
  expect(await other.commands['add-contact']({ wanted })).toEqual({ ok: false, code: 'other-server' });
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
    expiresAt: 1,
  });
});
