// Two people on this machine who can call each other: a server with an empty data folder and two browsers side by side.
//   npm run demo              real camera and microphone, where there are any
//   npm run demo -- --fake    the browser's test picture and beep
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Person } from '../e2e/support/person.ts';
import { startServer } from '../e2e/support/start-server.ts';

const WIDTH = 720;
const HEIGHT = 760;

const { values } = parseArgs({ options: { fake: { type: 'boolean', default: false } } });
// On other systems only the browser knows.
const hasCamera = process.platform !== 'linux' || existsSync('/dev/video0');
const fake = values.fake || !hasCamera;

const hasDisplay =
  process.platform !== 'linux' ||
  ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => process.env[name] !== undefined);
if (!hasDisplay) {
  console.error(
    'The demo opens windows, and there is no display. To try it all the same: xvfb-run npm run demo',
  );
  process.exit(1);
}

const server = await startServer();

const open = async (name: string, column: number): Promise<Person> => {
  const person = await Person.signedUp(name, server.url, {
    devices: fake ? 'both' : 'real',
    desktop: { env: {} },
    args: [
      `--window-size=${String(WIDTH)},${String(HEIGHT)}`,
      `--window-position=${String(column * WIDTH)},0`,
    ],
  });
  // The empty tab that the browser opens with.
  const others = person.browser.context.pages().filter((page) => page !== person.popup);
  await Promise.all(others.map((page) => page.close()));
  await person.popup.bringToFront();
  return person;
};

const people = await Promise.all([open('Ada', 0), open('Grace', 1)]);

console.log(`Ada and Grace are signed in at ${server.url}.`);
console.log('Click on a telephone in one window and answer in the other.');
if (fake) console.log('Camera and microphone are the browser’s test picture and beep.');
console.log('To end the demo, close both windows or press Ctrl+C.');

const bothClosed = Promise.all(
  people.map(({ browser: { context } }) => context.waitForEvent('close', { timeout: 0 })),
);
await Promise.race([bothClosed, once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await Promise.all(people.map((person) => person.close()));
await server.stop();
