import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { problemSchema } from '../../protocol/errors.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Relation } from './directory.ts';
import { jpegFile, pngFile, webpFile } from '../../testkit/server/picture-files.ts';
import { createMemoryLimiters } from '../live/memory/memory-limiters.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { createPictures } from './pictures.ts';

let server: TestServer;
let ada: SignedIn;
let bob: SignedIn;
beforeEach(async () => {
  server = await startTestServer();
  [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
});
afterEach(() => server.stop());

const OWN = '/api/v1/accounts/current/picture';

const send = (method: string, path: string, who: SignedIn | null, body?: Buffer): Promise<Response> =>
  fetch(server.url + path, {
    method,
    headers: who ? { authorization: `Bearer ${who.token}` } : {},
    ...(body && { body: new Uint8Array(body) }),
  });
const codeOf = async (response: Response): Promise<string | number> =>
  response.ok ? response.status : problemSchema.parse(await response.json()).code;
const set = async (who: SignedIn, file: Buffer) => codeOf(await send('PUT', OWN, who, file));
const pictureOf = (userId: string, asker: SignedIn | null): Promise<Response> =>
  send('GET', `/api/v1/people/${userId}/picture`, asker);
const hashOf = (file: Buffer): string =>
  createHash('sha256').update(file).digest().subarray(0, 16).toString('base64url');

/** Begins as an MP3 does, with a tag that ends where a WebP begins, and has a WebP's header where one would stand. */
const soundWithPicture = (): Buffer => {
  const inner = webpFile('extended');
  const file = Buffer.concat([inner, inner]);
  file.write('ID3', 0, 'latin1');
  file.writeUInt8(3, 3);
  file.writeUInt32LE(file.length - 8, 4);
  // The tag's length: seven bits a byte, without its own ten.
  file.set([0, inner.length - 10], 8);
  return file;
};

const padded = (bytes: number): Buffer => pngFile({ padding: bytes - pngFile({ padding: 1 }).length + 1 });

describe('a picture', () => {
  it.each([
    ['image/png', pngFile()],
    ['image/jpeg', jpegFile()],
    ['image/webp', webpFile('lossy')],
  ])('of %s is served as it was sent, and as nothing else', async (type, file) => {
    await server.phone(ada);
    expect(await set(ada, file)).toBe(204);
    for (const asker of [ada, bob]) {
      const response = await pictureOf(ada.account.userId, asker);
      expect(Buffer.from(await response.arrayBuffer()).equals(file)).toBe(true);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': type,
        'x-content-type-options': 'nosniff',
        'content-disposition': 'attachment',
        'cache-control': 'no-store',
      });
    }
  });

  it('is told by its content to the own devices and to those who see the person', async () => {
    const [phone, watcher] = [await server.phone(ada), await server.phone(bob)];
    const [first, second] = [pngFile({ grey: 1 }), pngFile({ grey: 2 })];
    await set(ada, first);
    expect(await phone.next('account:changed')).toEqual({ ...ada.account, picture: hashOf(first) });
    expect(await watcher.next('contact:changed')).toMatchObject({ ...ada.account, picture: hashOf(first) });
    await set(ada, second);
    expect(await watcher.next('contact:changed')).toMatchObject({ picture: hashOf(second) });
    const later = await server.phone(await server.signIn('bob'));
    expect(later.all('session:ready')[0]?.contacts).toMatchObject([{ picture: hashOf(second) }]);
    expect(await codeOf(await send('DELETE', OWN, ada))).toBe(204);
    expect((await watcher.next('contact:changed')).picture).toBeUndefined();
    expect(await phone.next('account:changed', ({ picture }) => picture === undefined)).toEqual(ada.account);
    expect(await codeOf(await pictureOf(ada.account.userId, bob))).toBe('not-found');
  });

  it('may have 64 KiB and not a byte more', async () => {
    const [largest, larger] = [padded(LIMITS.pictureBytes), padded(LIMITS.pictureBytes + 1)];
    expect([largest.length, larger.length]).toEqual([65_536, 65_537]);
    expect(await set(ada, largest)).toBe(204);
    expect(await set(ada, larger)).toBe('too-large');
    const kept = await pictureOf(ada.account.userId, ada);
    expect((await kept.arrayBuffer()).byteLength).toBe(65_536);
  });

  it.each([
    ['text', Buffer.from('not a picture')],
    ['nothing but the first bytes of one', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
    [
      'an SVG behind an XML declaration',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ['a GIF', Buffer.from('GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;', 'latin1')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a picture with a page behind it', Buffer.concat([pngFile(), Buffer.from('<script>alert(1)</script>')])],
    ['a picture with a zip behind it', Buffer.concat([jpegFile(), Buffer.from('PK\u0003\u0004')])],
    ['one that says to be gigantic', pngFile({ width: 50_000, height: 1 })],
    ['one that is a pixel too high', jpegFile({ height: LIMITS.pictureSide + 1 })],
    ['one that moves', webpFile('animated')],
    ['a PNG that moves', pngFile({ frames: 2 })],
    ['a sound with a picture in it', soundWithPicture()],
    ['one without a pixel', webpFile('lossy', { width: 0 })],
  ])('is not %s, whatever it says of itself', async (_what, file) => {
    for (const type of ['image/png', 'image/svg+xml', 'text/html']) {
      const response = await fetch(server.url + OWN, {
        method: 'PUT',
        headers: { authorization: `Bearer ${ada.token}`, 'content-type': type },
        body: new Uint8Array(file),
      });
      expect([response.status, await codeOf(response)]).toEqual([415, 'not-a-picture']);
    }
    expect(await codeOf(await pictureOf(ada.account.userId, ada))).toBe('not-found');
  });

  it('is not nothing', async () => {
    expect(await codeOf(await send('PUT', OWN, ada))).toBe('not-a-picture');
  });

  it('is set, removed and seen by nobody who is not signed in', async () => {
    await set(ada, pngFile());
    const stranger = { ...ada, token: 'A'.repeat(43) };
    expect(await set(stranger, pngFile())).toBe('unauthorized');
    expect(await codeOf(await send('DELETE', OWN, stranger))).toBe('unauthorized');
    expect(await codeOf(await pictureOf(ada.account.userId, stranger))).toBe('unauthorized');
    expect(await codeOf(await pictureOf(ada.account.userId, null))).toBe('unauthorized');
  });

  it('of nobody is not found', async () => {
    for (const userId of [bob.account.userId, randomUUID(), '..', "' or 1=1"]) {
      const response = await pictureOf(encodeURIComponent(userId), ada);
      expect([userId, await codeOf(response)]).toEqual([userId, 'not-found']);
    }
  });

  it('stays as it was for somebody who is blocked, who does not hear of another', async () => {
    const [phone, blocked] = [await server.phone(ada), await server.phone(bob)];
    await set(ada, pngFile());
    await blocked.next('contact:changed');
    expect(await phone.request('contact:block', { userId: bob.account.userId })).toMatchObject({ ok: true });
    await set(ada, pngFile({ grey: 1 }));
    await phone.next('account:changed', ({ picture }) => picture === hashOf(pngFile({ grey: 1 })));
    expect(blocked.all('contact:changed')).toHaveLength(1);
    const seen = await pictureOf(ada.account.userId, bob);
    expect(Buffer.from(await seen.arrayBuffer()).equals(pngFile())).toBe(true);
    const later = await server.phone(await server.signIn('bob'));
    const [listed] = later.all('session:ready')[0]?.contacts ?? [];
    expect(listed).toMatchObject({ picture: hashOf(pngFile()), status: 'offline' });
  });

  it('is in the lists of those who have agreed to know each other, and in no others', async () => {
    await server.stop();
    server = await startTestServer({ config: { directory: 'contacts' } });
    [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    await server.phone(ada);
    await set(ada, pngFile());
    expect(await codeOf(await pictureOf(ada.account.userId, bob))).toBe('not-found');
    await server.store.contacts.add(ada.account.userId, bob.account.userId);
    const { contacts } = (await server.phone(bob)).all('session:ready')[0] ?? {};
    expect(contacts).toMatchObject([{ picture: hashOf(pngFile()) }]);
    expect(await codeOf(await pictureOf(ada.account.userId, bob))).toBe(200);
  });

  it('goes with the account', async () => {
    await set(ada, pngFile());
    const remove = await fetch(`${server.url}/api/v1/accounts/current/deletion`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ password: 'correct horse' }),
    });
    expect(remove.status).toBe(204);
    expect(await codeOf(await pictureOf(ada.account.userId, bob))).toBe('not-found');
    expect(await server.store.pictures.of(ada.account.userId)).toBeNull();
  });
});

describe('who may see a picture', () => {
  const asked: [string, string][] = [];
  const seenBy = (relation: Relation) =>
    createPictures({
      store: server.store,
      createLimiter: createMemoryLimiters(1),
      directory: {
        between: (from, to) => {
          asked.push([from, to]);
          return Promise.resolve({ mine: relation, theirs: relation });
        },
      },
      onChanged: () => Promise.resolve(),
    });
  const identity = { userId: randomUUID(), sessionId: randomUUID() };

  it('is everybody who has the person in their list, and no stranger', async () => {
    await server.phone(ada);
    await set(ada, pngFile());
    const { userId } = ada.account;
    expect((await seenBy('contact').of(userId, identity)).type).toBe('image/png');
    // A blocked person goes on seeing the picture they saw.
    expect((await seenBy('blocked').of(userId, identity)).type).toBe('image/png');
    await expect(seenBy('none').of(userId, identity)).rejects.toMatchObject({ code: 'not-found' });
    expect(new Set(asked.map(String))).toEqual(new Set([String([identity.userId, userId])]));
    expect((await seenBy('none').of(userId, { ...identity, userId })).type).toBe('image/png');
  });
});
