import { fork, type ChildProcess } from 'node:child_process';

/** A command of `npm run admin --`, and its input. */
export interface AdminRun {
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  /** All of standard input. */
  input: string;
}

/** The result of the command. */
export interface AdminRan {
  code: number;
  out: string;
  err: string;
}

/**
 * Runs commands beside the server, as an operator would, but all in one process, which starts with the first
 * command.
 */
export const createAdminRunner = (): ((run: AdminRun) => Promise<AdminRan>) => {
  let admin: ChildProcess | null = null;
  let runs = 0;
  return (run) => {
    admin ??= fork(new URL('admin-process.ts', import.meta.url), { execArgv: [] });
    const [child, id] = [admin, (runs += 1)];
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        reject(new Error('the process that runs commands has ended'));
      };
      const hear = ({ id: of, ...ran }: AdminRan & { id: number }): void => {
        if (of !== id) return;
        child.off('message', hear).off('exit', fail);
        resolve(ran);
      };
      child.on('message', hear).once('exit', fail);
      child.send({ ...run, id });
    });
  };
};
