import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { createExtensionZip } from './extension-zip.ts';

let server: TestServer;
afterEach(() => server.stop());

const buildIn = (folder: string): void => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'manifest.json'), '{"manifest_version":3}');
  writeFileSync(join(folder, 'assets', 'phone.js'), 'const phone = 1;');
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const getPage = async (language = 'en'): Promise<{ html: string; headers: Headers }> => {
  const response = await fetch(server.url, { headers: { 'accept-language': language } });
  return { html: await response.text(), headers: response.headers };
};

describe('the page', () => {
  it('offers the extension as a zip with its SHA-256 and calls it unverified', async () => {
    const folder = temporaryFolder();
    buildIn(folder);
    server = await startTestServer({ extension: createExtensionZip(folder) });
    const zip = await fetch(`${server.url}/quick-call-extension.zip`);
    expect(zip.headers.get('content-type')).toBe('application/zip');
    const bytes = new Uint8Array(await zip.arrayBuffer());
    expect(Object.keys(unzipSync(bytes))).toEqual(['quick-call/assets/phone.js', 'quick-call/manifest.json']);
    const { html, headers } = await getPage();
    expect(html).toContain(sha256(bytes));
    expect(html).toContain('unverified build');
    expect(html).toContain('chrome://extensions');
    expect(html).toContain(server.url);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';style-src 'sha256-/);
    expect(html).not.toMatch(/<script|style="|\son\w+="/);
  });

  it('speaks Chinese to those who ask for it', async () => {
    server = await startTestServer();
    const { html, headers } = await getPage('zh-CN,zh;q=0.9,en;q=0.5');
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('安装扩展程序');
    expect(headers.get('content-language')).toBe('zh');
    expect(headers.get('vary')).toContain('Accept-Language');
    expect((await getPage('fr')).html).toContain('<html lang="en">');
  });

  it('says so when the extension is not built', async () => {
    server = await startTestServer({ extension: createExtensionZip(join(temporaryFolder(), 'dist')) });
    expect((await getPage()).html).toContain('not built');
    expect((await fetch(`${server.url}/quick-call-extension.zip`)).status).toBe(404);
  });

  it('shows the invite code that a link brings, and nothing else that it brings', async () => {
    server = await startTestServer();
    const pageWith = async (invite: string) =>
      (await fetch(`${server.url}/?${String(new URLSearchParams({ invite }))}`)).text();
    expect(await pageWith('K7QM-2XPD-9FHT-4WCB')).toContain('<code>K7QM-2XPD-9FHT-4WCB</code>');
    for (const other of ['<script>', 'call +1 555 0100', 'K7QM-2XPD-9FHT-4WCB\n', '']) {
      expect(await pageWith(other)).toBe(await (await fetch(server.url)).text());
    }
  });

  it('does not let a Host header into its markup', async () => {
    server = await startTestServer({ config: { allowedHosts: ['<b>'] } });
    expect((await getPage()).html).not.toContain('<b>');
  });
});

describe('the page behind an invite link', () => {
  it('shows the code and what to do, with the same policy, and keeps the code to itself', async () => {
    server = await startTestServer();
    const code = 'ABCD-EFGH-JKMN-PQRS-TVWX';
    const response = await fetch(`${server.url}/invite/${code}`);
    const html = await response.text();
    expect(html).toContain(code);
    expect(html).toContain('Add contact');
    expect(html).not.toMatch(/<script|style="|\son\w+="/);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none';style-src 'sha256-/);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(server.logged.join('')).not.toContain('ABCD');
  });

  it('is not there for what is no code', async () => {
    server = await startTestServer();
    expect((await fetch(`${server.url}/invite/%3Cb%3E`)).status).toBe(404);
    expect((await fetch(`${server.url}/invite/K7QM-2XPD-9FHT-4WCB`)).status).toBe(404);
  });

  it('is there for a code as a mail program may have changed it', async () => {
    server = await startTestServer();
    for (const typed of [
      'ABCD-EFGH-JKMN-PQRS-TVW0.',
      'abcdefghjkmnpqrstvwo',
      'ABCD-EFGH-JKMN-PQRS-TVWO%3E',
    ]) {
      const html = await (await fetch(`${server.url}/invite/${typed}`)).text();
      expect(html).toContain('<code>ABCD-EFGH-JKMN-PQRS-TVW0</code>');
    }
  });
});

describe('the zip', () => {
  it('is the same bytes for the same files, whenever and wherever they were written', async () => {
    server = await startTestServer();
    const [here, there] = [temporaryFolder(), temporaryFolder()];
    buildIn(here);
    cpSync(here, there, { recursive: true });
    utimesSync(join(there, 'manifest.json'), 1_000_000_000, 1_000_000_000);
    const [first, second] = [await createExtensionZip(here)(), await createExtensionZip(there)()];
    expect(first?.sha256).toBe(second?.sha256);
  });

  it('follows a new build', async () => {
    server = await startTestServer();
    const folder = temporaryFolder();
    buildIn(folder);
    const source = createExtensionZip(folder);
    const before = await source();
    expect(await source()).toBe(before);
    writeFileSync(join(folder, 'assets', 'phone.js'), 'const phone = 22;');
    expect((await source())?.sha256).not.toBe(before?.sha256);
  });
});
