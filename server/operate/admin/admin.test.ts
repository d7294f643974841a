import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { problemSchema } from '../../../protocol/errors.ts';
import { createAdminRunner, type AdminRan } from '../../../testkit/server/create-admin-runner.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { TEST_PASSWORD } from '../../../testkit/server/test-people.ts';

const MAIN = new URL('main.ts', import.meta.url).pathname;
/** Milliseconds from the command's end within which a running server has done its part. */
const SOON = 1000;

let databaseFile: string;
let server: TestServer;
beforeEach(async () => {
  databaseFile = join(temporaryFolder(), 'quick-call.db');
  server = await startTestServer({ database: { kind: 'sqlite', file: databaseFile } });
});
afterEach(() => server.stop());

const run = createAdminRunner();

/** What a command reads beside its arguments. */
interface Given {
  input?: string;
  env?: Record<string, string>;
}

const admin = (args: string, { input = '', env = {} }: Given = {}): Promise<AdminRan> =>
  run({
    args: args.split(' '),
    env: { DATABASE_URL: `sqlite:${databaseFile}`, ...env },
    input,
  });

/** The command as an operator runs it, as a process. */
const adminProcess = async (args: string, { input = '' }: Given = {}): Promise<AdminRan> => {
  const child = spawn(process.execPath, [MAIN, ...args.split(' ')], {
    env: { PATH: process.env['PATH'], DATABASE_URL: `sqlite:${databaseFile}` },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.end(input);
  await once(child, 'close');
  return { code: child.exitCode ?? -1, out, err };
};

/** What a command that succeeds prints as JSON. */
const adminJson = async <T>(args: string, schema: z.ZodType<T>, input = ''): Promise<T> => {
  const { code, out, err } = await admin(`${args} --json`, { input });
  expect([code, err]).toEqual([0, '']);
  return schema.parse(JSON.parse(out));
};

const passwordSet = z.strictObject({ username: z.string(), password: z.string().optional() });
const userLines = z.array(
  z.looseObject({ username: z.string(), disabled: z.boolean(), sessions: z.number() }),
);
const sessionLines = z.array(z.looseObject({ sessionId: z.string(), username: z.string() }));

/** `ok`, or the code of the refusal. */
const signIn = async (username: string, password: string): Promise<string> => {
  const response = await fetch(`${server.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  return response.ok ? 'ok' : problemSchema.parse(await response.json()).code;
};

describe('npm run admin -- users', () => {
  it('creates an account with a made-up password, which others online see at once', async () => {
    const bob = await server.phone(await server.signUp('bob'));
    const { password = '' } = await adminJson('users create Ada --name Lovelace', passwordSet);
    expect(password).toMatch(/^[\w]{20}$/);
    const seen = await bob.next('contact:changed', ({ username }) => username === 'ada', SOON);
    expect(seen.displayName).toBe('Lovelace');
    expect(await signIn('ada', password)).toBe('ok');
    expect((await adminJson('users list', userLines)).map(({ username }) => username)).toEqual([
      'ada',
      'bob',
    ]);
    const table = await admin('users list');
    expect(table.out).toMatch(/^USERNAME +NAME +DEVICES +SEEN +CREATED +DISABLED\nada +Lovelace +1 /);
  });

  it('takes a password from standard input only, and does not print it', async () => {
    const input = `${TEST_PASSWORD}\n`;
    const { out, code } = await adminProcess('users create ada --password-stdin', { input });
    expect([code, out]).toEqual([0, 'ada: done\n']);
    expect(await signIn('ada', TEST_PASSWORD)).toBe('ok');
    expect(await admin('users create eve --password-stdin')).toMatchObject({ code: 1 });
    expect((await adminProcess('users create eve --password secret12')).code).toBe(2);
  });

  it('resets a password: the old one no longer works, and every device is signed out', async () => {
    const ada = await server.signUp('ada');
    const phone = await server.phone(ada);
    const { password = '' } = await adminJson('users reset-password ada', passwordSet);
    expect(await phone.next('session:ended', undefined, SOON)).toEqual({ code: 'unauthorized' });
    expect(await server.dial({ token: ada.token }).refused()).toBe('unauthorized');
    expect(await signIn('ada', TEST_PASSWORD)).toBe('wrong-credentials');
    expect(await signIn('ada', password)).toBe('ok');
  });

  it('disables an account, which then looks as if it did not exist, and enables it again', async () => {
    const ada = await server.signUp('ada');
    const phone = await server.phone(ada);
    expect((await admin('users disable ada')).out).toBe('ada: disabled\n');
    expect(await phone.next('session:ended', undefined, SOON)).toEqual({ code: 'unauthorized' });
    expect(await signIn('ada', TEST_PASSWORD)).toBe('wrong-credentials');
    expect(await server.store.operator.sessions()).toEqual([]);
    expect((await adminJson('users list', userLines))[0]).toMatchObject({ disabled: true, sessions: 0 });
    await admin('users enable ada');
    expect(await signIn('ada', TEST_PASSWORD)).toBe('ok');
  });

  it('deletes an account only with --yes: it leaves others’ lists, and its phones are told', async () => {
    const [ada, bob] = [await server.signUp('ada'), await server.phone(await server.signUp('bob'))];
    const phone = await server.phone(ada);
    expect(await admin('users delete ada')).toEqual({
      code: 1,
      out: '',
      err: 'quick-call: this cannot be taken back: add --yes to delete ada\n',
    });
    expect((await admin('users delete ada --yes')).code).toBe(0);
    const { userId } = ada.account;
    expect(await bob.next('contact:removed', undefined, SOON)).toEqual({ userId });
    expect(await phone.next('session:ended', undefined, SOON)).toEqual({ code: 'account-deleted' });
    expect(await signIn('ada', TEST_PASSWORD)).toBe('wrong-credentials');
  });
});

describe('npm run admin -- sessions', () => {
  it('lists devices, and signs out one or all of a person’s within a second', async () => {
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const second = await server.signIn('ada');
    const phones = [await server.phone(ada), await server.phone(second), await server.phone(bob)] as const;
    expect(await adminJson('sessions list ada', sessionLines)).toHaveLength(2);
    expect(await adminJson('sessions list', sessionLines)).toHaveLength(3);
    const closed = phones[0].closed();
    expect((await admin(`sessions revoke ${ada.sessionId}`)).out).toBe('1 revoked\n');
    const revokedAt = performance.now();
    expect(await closed).toBe('io server disconnect');
    expect(performance.now() - revokedAt).toBeLessThan(SOON);
    expect(phones[1].socket.connected).toBe(true);
    expect((await admin('sessions revoke --user ada')).out).toBe('1 revoked\n');
    expect(await phones[1].next('session:ended', undefined, SOON)).toEqual({ code: 'unauthorized' });
    expect(phones[2].socket.connected).toBe(true);
  });
});

describe('npm run admin -- invites', () => {
  it('makes a code that lets people in, and takes it back', async () => {
    const inviteSchema = z.looseObject({ inviteId: z.string(), code: z.string(), link: z.string() });
    const made = await adminJson('invites create --uses 2 --days 1', inviteSchema);
    expect(made.link).toBe(`http://localhost:3000/?invite=${made.code}`);
    expect(await (await fetch(`${server.url}/?invite=${made.code}`)).text()).toContain(made.code);
    expect((await admin('invites list')).out).toMatch(new RegExp(`${made.inviteId} +2 of 2 `));
    expect((await admin('invites list --json')).out).not.toContain(made.code.slice(0, 9));
    expect((await admin(`invites revoke ${made.inviteId}`)).code).toBe(0);
    expect((await admin('invites list')).out).toBe('none\n');
    const named = await admin('invites create', { env: { ALLOWED_HOSTS: 'calls.example.org' } });
    expect(named.out).toMatch(/^(\S{19})\nhttps:\/\/calls\.example\.org\/\?invite=\1\n$/);
  });
});

describe('npm run admin -- sweeps', () => {
  it('lists when each kind was deleted last and what waits, and allows it', async () => {
    const { sweeps } = server.store;
    const [swept, held] = [Date.UTC(2027, 0, 1), Date.UTC(2028, 1, 3)];
    await sweeps.swept('messages', swept);
    await sweeps.swept('history', swept);
    await sweeps.hold('messages', { reason: 'jump', due: 12, at: held });
    expect((await admin('sweeps list')).out.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^WHAT +LAST +WAITS +ALLOWED$/),
      expect.stringMatching(/^messages +2027-01-01T00:00:00\.000Z +12, as of 2028-02-03T00:00:00\.000Z +-$/),
      expect.stringMatching(/^history +2027-01-01T00:00:00\.000Z +- +-$/),
    ]);
    expect(await admin('sweeps allow')).toEqual({ code: 0, out: 'allowed: messages\n', err: '' });
    expect((await admin('sweeps list')).out).toMatch(/^messages .* allowed$/m);
    const lines = z.array(z.looseObject({ what: z.string(), allowed: z.boolean() }));
    expect(await adminJson('sweeps list', lines)).toContainEqual({
      what: 'messages',
      sweptAt: swept,
      hold: { reason: 'jump', due: 12, at: held },
      allowed: true,
    });
    await sweeps.swept('messages', held);
    expect(await admin('sweeps allow')).toEqual({ code: 1, out: '', err: 'quick-call: no deletion waits\n' });
  });
});

describe('a command in a folder without a database', () => {
  it.each(['users list', 'users create ada', 'sweeps list', 'migrate'])(
    'names the file it looked for, and makes none unless told: %s',
    async (args) => {
      const file = join(temporaryFolder(), 'data', 'quick-call.db');
      const env = { DATABASE_URL: `sqlite:${file}` };
      const ran = await admin(args, { env });
      expect([ran.code, ran.out]).toEqual([1, '']);
      expect(ran.err).toMatch(/^quick-call: [^\n]+\n$/);
      expect(ran.err).toContain(`there is no ${file}`);
      expect(existsSync(dirname(file))).toBe(false);
      expect(await admin(`${args} --create-database`, { env })).toMatchObject({ code: 0, err: '' });
      expect(existsSync(file)).toBe(true);
    },
  );

  it('names the setting that was misspelt', async () => {
    const ran = await admin('users list', { env: { DATABSE_URL: 'sqlite:elsewhere.db' } });
    expect(ran).toMatchObject({
      code: 0,
      err: 'quick-call: DATABSE_URL is not a setting, and is ignored. Did you mean DATABASE_URL?\n',
    });
  });
});

describe('a command that cannot be carried out', () => {
  it.each([
    ['users create a', 1],
    ['users create bob', 1],
    ['users disable nobody', 1],
    ['sessions list nobody', 1],
    ['sessions revoke 7', 1],
    ['sessions revoke', 1],
    ['invites revoke 7', 1],
    ['invites create --uses 0', 2],
    ['invites create --days many', 2],
    ['users', 2],
    ['users frobnicate', 2],
  ])('says so in one line, or explains its usage: %s', async (args, code) => {
    await server.signUp('bob');
    const ran = await admin(args);
    expect([ran.code, ran.out]).toEqual([code, '']);
    if (code === 1) expect(ran.err).toMatch(/^quick-call: [^\n]+\n$/);
    else expect(ran.err).not.toBe('');
  });

  it('names the setting that is wrong', async () => {
    for (const [name, value] of [
      ['DATABASE_URL', 'sqlite::memory:'],
      ['DATABASE_URL', 'sqlite:/proc/quick-call/x.db'],
      ['PORT', 'eighty'],
    ] as const) {
      const ran = await admin('users list', { env: { [name]: value } });
      expect(ran).toMatchObject({ code: 1, out: '' });
      expect(ran.err).toMatch(new RegExp(`^quick-call: ${name}[^\n]+\n$`));
    }
  });
});
