// Measures the popup's contact list with thousands of people.
//   npm run bench:contacts                     5,000 contacts
//   npm run bench:contacts -- --contacts 20000
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fillServer } from '../e2e/support/fill-server.ts';
import { Person } from '../e2e/support/person.ts';
import { startServer } from '../e2e/support/start-server.ts';
import { until } from '../e2e/support/until.ts';
import { installListMoments } from './list-moments.ts';
import { jsonOf, tableOf, type Row } from './report.ts';
import { median } from './statistics.ts';

const { values } = parseArgs({ options: { contacts: { type: 'string', default: '5000' } } });
const contacts = Number(values.contacts);
if (!Number.isInteger(contacts) || contacts < 1) throw new Error('--contacts takes a whole number from 1.');
const ROUNDS = 20;
const MESSAGES = 5;

const folder = await mkdtemp(join(tmpdir(), 'quick-call-bench-'));
const file = join(folder, 'bench.db');
await fillServer(file, contacts);
const server = await startServer({ DATABASE_URL: `sqlite:${file}` });
const person = await Person.signedUp('Ada', server.url);
const other = await Person.signedUp('Grace', server.url);
await until(async () => (await person.snapshot()).contacts.length > contacts, { what: 'the whole list' });

const opened: number[] = [];
const typed: number[] = [];
const changed: number[] = [];
const frames: number[] = [];
const bytes: number[] = [];
const updates: number[] = [];
const page = await person.browser.context.newPage();
await page.addInitScript(installListMoments);
for (let round = 0; round < ROUNDS; round += 1) {
  await page.goto(person.popup.url());
  opened.push(await page.evaluate(() => window.listMoments.opened));
}

const search = page.getByRole('searchbox');
for (let round = 0; round < ROUNDS; round += 1) {
  const key = 'chloe'.charAt(round % 5);
  if (round % 5 === 0) await search.fill('');
  await page.evaluate(() => {
    window.listMoments.await('input');
  });
  await search.press(key);
  typed.push(await page.evaluate(() => window.listMoments.awaited));
}
await search.fill('');

const told = (): Promise<readonly number[]> => page.evaluate(() => window.listMoments.told);
const countTold = async (): Promise<number> => (await told()).length;
await page.evaluate(() => {
  window.listMoments.listen();
});
await until(async () => (await countTold()) > 0, { what: 'all that a popup shows' });

for (let round = 0; round < ROUNDS; round += 1) {
  const toldBefore = await countTold();
  const status = round % 2 === 0 ? 'away' : 'available';
  await page.evaluate(() => {
    window.listMoments.await('change');
  });
  const asked = performance.timeOrigin + performance.now();
  await other.ask('set-status', { status });
  changed.push((await page.evaluate(() => window.listMoments.awaited)) - asked);
  // The server merges further changes within 250 ms, so this waits until the next change is sent at once.
  await new Promise((resolve) => setTimeout(resolve, 300));
  bytes.push((await told()).slice(toldBefore).reduce((sum, size) => sum + size, 0));
}

// The conversation is open, but no page shows it, so nobody reads the messages.
const [ada, grace] = await Promise.all([person.signedIn(), other.signedIn()]);
await person.ask('open-conversation', { userId: grace.account.userId });
for (let round = 0; round < MESSAGES; round += 1) {
  const toldBefore = await countTold();
  await other.ask('send-message', { userId: ada.account.userId, text: `Message ${String(round)}` });
  // This is longer than a notification waits for somebody to read the message.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  updates.push((await countTold()) - toldBefore);
}

frames.push(...(await page.evaluate(() => window.listMoments.scroll())));

const atMost = (samples: number[], limit: number): NonNullable<Row['target']> => ({
  met: median(samples) <= limit,
  text: `at most ${String(limit)}`,
});
const rows: Row[] = [
  { name: 'popup opened → first contact painted', samples: opened, target: atMost(opened, 100) },
  { name: 'key pressed → filtered list painted', samples: typed, target: atMost(typed, 50) },
  { name: 'another’s status chosen → painted', samples: changed, target: atMost(changed, 150) },
  { name: 'frame to frame while scrolling', samples: frames, target: atMost(frames, 34) },
];
const counts: Row[] = [
  { name: 'bytes to the popup for one change of presence', samples: bytes, target: atMost(bytes, 1_024) },
  { name: 'updates of the popup for one message that comes', samples: updates, target: atMost(updates, 1) },
];
const version = person.browser.context.browser()?.version() ?? '';
const header = `Chromium ${version}, Node ${process.version}, ${String(cpus().length)} × ${cpus()[0]?.model ?? 'CPU'}, ${String(contacts)} contacts`;
const table = `${tableOf(rows, true)}\n\n${tableOf(counts, false, 'how many')}`;
console.log(`${header}\n\n${table}`);
const artifacts = fileURLToPath(new URL('../artifacts', import.meta.url));
await mkdir(artifacts, { recursive: true });
await writeFile(join(artifacts, 'bench-contacts.txt'), `${header}\n\n${table}\n`);
await writeFile(
  join(artifacts, 'bench-contacts.json'),
  JSON.stringify({ at: new Date().toISOString(), header, rows: jsonOf([...rows, ...counts]) }, null, 2),
);
await Promise.all([person.close(), other.close()]);
await server.stop();
await rm(folder, { recursive: true, force: true });
