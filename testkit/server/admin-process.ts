import { runAdmin } from '../../server/operate/admin/run-admin.ts';
import type { AdminRan, AdminRun } from './create-admin-runner.ts';

// Runs in a separate process, as in production: a command that waits for the database must not block the
// server.
process.on('message', ({ id, args, env, input }: AdminRun & { id: number }) => {
  const ran: AdminRan = { code: 0, out: '', err: '' };
  const lines = async function* (): AsyncGenerator<string> {
    yield* await Promise.resolve(input.split('\n').slice(0, -1));
  };
  const streams = {
    env,
    input: lines(),
    out: (text: string) => void (ran.out += text),
    err: (text: string) => void (ran.err += text),
  };
  void runAdmin(args, streams).then((code) => process.send?.({ ...ran, code, id }));
});
