import { describe, expect, it, vi } from 'vitest';
import { AccountClient } from './account-client.ts';
import { createAccountCommands } from './account-commands.ts';

const TOKEN = 't'.repeat(43);

/** A server that answers everything alike. */
const setUp = (answer: () => Response) => {
  const asked: unknown[] = [];
  const client = new AccountClient({ serverUrl: 'https://calls.example', token: TOKEN }, (url, init) => {
    asked.push([init?.method, url, new Headers(init?.headers).get('authorization'), init?.body]);
    return Promise.resolve(answer());
  });
  const accountDeleted = vi.fn(() => Promise.resolve());
  return { asked, accountDeleted, commands: createAccountCommands({ client, accountDeleted }) };
};

const done = () => new Response(null, { status: 204 });
const wrong = () => Response.json({ code: 'wrong-password' }, { status: 403 });
const path = (rest: string): string => `https://calls.example/api/v1/accounts/current${rest}`;

describe('what a person does to their own account', () => {
  it('goes to the server with the token', async () => {
    const { commands, asked } = setUp(done);
    const change = { current: 'old password', next: 'new password' };
    expect(await commands.rename({ displayName: ' Ann ' })).toEqual({ ok: true });
    expect(await commands['change-password'](change)).toEqual({ ok: true });
    expect(await commands['delete-account']({ password: 'x' })).toEqual({ ok: true });
    expect(asked).toEqual([
      ['PATCH', path(''), `Bearer ${TOKEN}`, '{"displayName":"Ann"}'],
      ['PUT', path('/password'), `Bearer ${TOKEN}`, JSON.stringify(change)],
      ['POST', path('/deletion'), `Bearer ${TOKEN}`, '{"password":"x"}'],
    ]);
  });

  it('sends a picture as its bytes, and nothing that is no picture', async () => {
    const { commands, asked } = setUp(done);
    expect(await commands['set-picture']({ picture: 'data:image/webp;base64,AAEC' })).toEqual({ ok: true });
    expect(await commands['remove-picture']({})).toEqual({ ok: true });
    expect(await commands['set-picture']({ picture: 'data:text/html;base64,AAEC' })).toEqual({
      ok: false,
      code: 'not-a-picture',
    });
    expect(asked).toEqual([
      ['PUT', path('/picture'), `Bearer ${TOKEN}`, Uint8Array.of(0, 1, 2)],
      ['DELETE', path('/picture'), `Bearer ${TOKEN}`, undefined],
    ]);
  });

  it('is refused with the server’s code', async () => {
    const { commands, accountDeleted } = setUp(wrong);
    const refused = { ok: false, code: 'wrong-password' };
    expect(await commands['change-password']({ current: 'x', next: 'new password' })).toEqual(refused);
    expect(await commands['delete-account']({ password: 'x' })).toEqual(refused);
    expect(accountDeleted).not.toHaveBeenCalled();
  });

  it('sends the server nothing that it would refuse', async () => {
    const { commands, asked } = setUp(done);
    const refused = (code: string) => ({ ok: false, code });
    expect(await commands.rename({ displayName: ' ' })).toEqual(refused('nothing-visible'));
    const reordered = await commands.rename({ displayName: 'A\u202eda' });
    expect(reordered).toEqual(refused('bad-character U+202E'));
    const short = await commands['change-password']({ current: 'x', next: 'short' });
    expect(short).toEqual(refused('bad-request'));
    expect(asked).toEqual([]);
  });

  it('signs out here once the account is deleted', async () => {
    const { commands, accountDeleted } = setUp(done);
    await commands['delete-account']({ password: 'x' });
    expect(accountDeleted).toHaveBeenCalledOnce();
  });

  it('needs a sign-in', async () => {
    const commands = createAccountCommands({ client: null, accountDeleted: () => Promise.resolve() });
    expect(await commands.rename({ displayName: 'Ann' })).toEqual({ ok: false, code: 'signed-out' });
  });
});
