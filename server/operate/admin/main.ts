import { createInterface } from 'node:readline';
import { runAdmin } from './run-admin.ts';

process.exitCode = await runAdmin(process.argv.slice(2), {
  env: process.env,
  // Opened only when it is asked for, because a process with standard input open waits for its end.
  input: {
    [Symbol.asyncIterator]: () => createInterface({ input: process.stdin })[Symbol.asyncIterator](),
  },
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
