import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ADMIN = fileURLToPath(new URL('../../server/operate/admin/main.ts', import.meta.url));

/** Runs the operator's command on the database, as `npm run admin` does, and resolves to what it prints. */
export const runAdmin = async (databaseUrl: string, ...args: string[]): Promise<string> => {
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl };
  return (await promisify(execFile)(process.execPath, [ADMIN, ...args], { env })).stdout;
};
