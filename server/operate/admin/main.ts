import { createInterface } from 'node:readline';
import { runAdmin } from './run-admin.ts';

process.exitCode = await runAdmin(process.argv.slice(2), {
  env: process.env,
  // Made when it is asked for: whoever opens standard input waits for its end.
  input: {
    [Symbol.asyncIterator]: () => createInterface({ input: process.stdin })[Symbol.asyncIterator](),
  },
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
