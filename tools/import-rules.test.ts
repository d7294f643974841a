import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import readConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** One wrong import: who imports what, and how. */
interface WrongImport {
  from: string;
  /** A file, or the name of a package; null: nothing at all. */
  to: string | null;
  /** What is imported where a type alone would be allowed. */
  value?: true;
  /** What `to` imports in turn. */
  back?: string;
}

const wrong = (from: string, to: string): WrongImport => ({ from, to });

/** For each rule, an import that breaks only this rule. */
const WRONG: Readonly<Record<string, WrongImport>> = {
  'no-cycles': { from: 'server/cycle-a.ts', to: 'server/cycle-b.ts', back: './cycle-a.ts' },
  'no-orphans': { from: 'server/orphan.ts', to: null },
  resolvable: wrong('server/unresolved.ts', './not-there.ts'),
  'protocol-needs-little': wrong('protocol/calls/call.ts', 'server/a.ts'),
  'server-alone': wrong('server/config.ts', 'extension/ui/a.ts'),
  'domain-account': wrong('server/account/wrong.ts', 'server/store/a.ts'),
  'domain-calls': wrong('server/calls/wrong.ts', 'server/live/redis/a.ts'),
  'domain-chat': wrong('server/chat/wrong.ts', 'server/store/chat/a.ts'),
  'domain-devices': wrong('server/devices/wrong.ts', 'server/transport/sockets/a.ts'),
  'domain-history': wrong('server/history/wrong.ts', 'server/operate/a.ts'),
  'domain-people': wrong('server/people/wrong.ts', 'server/transport/http/a.ts'),
  'domain-presence': wrong('server/presence/wrong.ts', 'server/live/a.ts'),
  limits: wrong('server/limits/wrong.ts', 'server/calls/a.ts'),
  store: wrong('server/store/wrong.ts', 'server/live/a.ts'),
  live: wrong('server/live/wrong.ts', 'server/transport/a.ts'),
  transport: wrong('server/transport/wrong.ts', 'server/operate/metrics/a.ts'),
  kernel: wrong('server/clock.ts', 'server/store/a.ts'),
  'entries-of-the-server': wrong('server/wrong.ts', 'server/main.ts'),
  'composition-root': wrong('server/transport/http/wrong.ts', 'server/app-deps.ts'),
  'machine-is-pure': wrong('extension/phone/calls/machine/wrong.ts', 'extension/phone/calls/links/a.ts'),
  'calls-go-one-way': wrong('extension/phone/calls/sources/wrong.ts', 'extension/phone/calls/calls.ts'),
  'links-know-no-effects': wrong(
    'extension/phone/calls/links/wrong.ts',
    'extension/phone/calls/call-effects.ts',
  ),
  'rtc-is-alone': wrong('extension/rtc/wrong.ts', 'extension/media/a.ts'),
  'media-is-alone': wrong('extension/media/wrong.ts', 'extension/phone/a.ts'),
  'streams-is-alone': wrong('extension/streams/wrong.ts', 'extension/rtc/a.ts'),
  phone: wrong('extension/phone/wrong.ts', 'extension/ui/a.ts'),
  'host-is-lowest': wrong('extension/host/worker/wrong.ts', 'extension/phone/a.ts'),
  'host-wrappers': wrong('extension/host/wrong.ts', 'extension/ipc/a.ts'),
  ipc: wrong('extension/ipc/wrong.ts', 'extension/phone/a.ts'),
  ui: wrong('extension/ui/wrong.ts', 'extension/phone/connection/a.ts'),
  pages: wrong('extension/pages/popup/wrong.ts', 'extension/rtc/a.ts'),
  'pages-are-apart': wrong('extension/pages/settings/wrong.ts', 'extension/pages/popup/a.ts'),
  'entries-of-the-extension': wrong('extension/phone/chat/wrong.ts', 'extension/phone/main.ts'),
  'browser-api-through-host': wrong('extension/ui/browser.ts', 'webextension-polyfill'),
  'socket-through-connection': wrong('extension/phone/calls/wrong.ts', 'socket.io-client'),
  'testkit-in-tests-only': wrong('server/tested.ts', 'server/a.test.ts'),
  'product-without-dev-dependencies': { from: 'server/developed.ts', to: 'fast-check', value: true },
};

const config = await readConfig(join(import.meta.dirname, '..', '.dependency-cruiser.js'));
const rules = (config.forbidden ?? []).map(({ name }) => name ?? '');

const root = realpathSync(mkdtempSync(join(tmpdir(), 'quick-call-imports-')));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const writeImport = ({ from, to, value, back }: WrongImport): void => {
  const isFile = to?.includes('/') === true && !to.startsWith('.');
  const up = '../'.repeat(from.split('/').length - 1);
  const target = isFile ? `${up}${to}` : to;
  const what = value ? 'import' : 'import type';
  write(from, target === null ? 'export const a = 1;\n' : `${what} { a } from '${target}';\nexport { a };\n`);
  if (!isFile) return;
  write(
    to,
    back === undefined ? 'export type a = 1;\n' : `import type { a } from '${back}';\nexport { a };\n`,
  );
};

/** Names of the rules that a file breaks. */
let broken: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const packages = ['webextension-polyfill', 'socket.io-client', 'fast-check'];
  write(
    'package.json',
    JSON.stringify({ devDependencies: Object.fromEntries(packages.map((p) => [p, '1'])) }),
  );
  for (const name of packages) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'export const a = 1;\n');
  }
  for (const each of Object.values(WRONG)) writeImport(each);
  const { tsConfig: _paths, ...options } = config.options ?? {};
  const { output } = await cruise(['protocol', 'server', 'extension'], {
    ...options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: config.forbidden ?? [] },
  });
  if (typeof output === 'string') throw new Error('expected the result itself');
  const byFile = Map.groupBy(output.summary.violations, ({ from }) => from);
  broken = new Map([...byFile].map(([from, violations]) => [from, violations.map(({ rule }) => rule.name)]));
});

describe('an import that is forbidden', () => {
  it.each(rules)('is reported: %s', (rule) => {
    const from = WRONG[rule]?.from;
    expect(from, 'a rule without a wrong import').toBeDefined();
    expect(broken.get(from ?? '')).toEqual([rule]);
  });

  it('has a rule each', () => {
    expect(Object.keys(WRONG).toSorted()).toEqual(rules.toSorted());
  });
});
