import { spawn } from 'node:child_process';

/** Minutes are enough for a browser; a host that does not answer must not hold the tests up. */
const TIMEOUT = 4 * 60_000;

/**
 * Runs an installer, showing what it prints. `more`: milliseconds that it may take beyond the usual.
 * @returns whether it succeeded, and what it complained of.
 */
export const runInstaller = (
  command: string,
  args: readonly string[],
  more = 0,
): Promise<{ ok: boolean; complaint: string }> => {
  console.log(`> ${[command, ...args].join(' ')}`);
  const child = spawn(command, args, { stdio: ['inherit', 'inherit', 'pipe'], timeout: TIMEOUT + more });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
    process.stderr.write(text);
  });
  return new Promise((resolve) => {
    // Also after an error, such as a program that is not there.
    child.on('close', (code) => {
      resolve({ ok: code === 0, complaint });
    });
    child.on('error', (error) => {
      complaint += error.message;
    });
  });
};
