import { expect, it } from 'vitest';
import type { Live } from '../live.ts';
import { addResidents } from '../../testkit/server/add-residents.ts';
import { everyRow } from '../../testkit/server/every-row.ts';
import { startTestServer } from '../../testkit/server/start-test-server.ts';
import { testDatabase } from '../../testkit/server/test-database.ts';

/** Few, so that it is fast: of none of them anything is left, however many there are. */
const STRANGERS = 50;

it('keeps nothing of strangers who were blocked and are not any more', async () => {
  const database = await testDatabase();
  const kept: { live?: Live } = {};
  await using server = await startTestServer({
    database,
    config: { directory: 'contacts' },
    deps: (deps) => {
      kept.live = deps.live;
      return deps;
    },
  });
  const strangers = await addResidents(server.store, { count: STRANGERS, now: Date.now() });
  const ada = await server.signUp('ada');
  const phone = await server.phone(ada);
  const rowsNow = async () =>
    Object.entries(await everyRow(database)).map(([table, rows]) => `${table}: ${String(rows.length)}`);
  const before = await rowsNow();
  for (const what of ['contact:block', 'contact:unblock'] as const) {
    const answers = await Promise.all(strangers.map(({ userId }) => phone.request(what, { userId })));
    expect(answers).toEqual(strangers.map(() => ({ ok: true })));
  }
  expect(await rowsNow()).toEqual(before);
  for (const { userId } of [ada.account, ...strangers]) {
    expect(await kept.live?.lists.frozen(userId)).toEqual(new Map());
  }
});
