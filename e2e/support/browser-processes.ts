import { readdir, readFile } from 'node:fs/promises';

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly arguments: readonly string[];
}

const entryOf = async (pid: number): Promise<Entry | null> => {
  try {
    const [stat, commandLine] = await Promise.all([
      readFile(`/proc/${String(pid)}/stat`, 'utf8'),
      readFile(`/proc/${String(pid)}/cmdline`, 'utf8'),
    ]);
    // The name in brackets may hold anything; the parent is the second field after it.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { pid, parent, arguments: commandLine.split('\0') };
  } catch {
    // The process has ended meanwhile.
    return null;
  }
};

/**
 * Every process of the browser that runs with this profile, itself first; with a service's name, such as
 * `video_capture.mojom.VideoCaptureService`, its process alone. Linux only.
 */
export const browserProcesses = async (profile: string, service?: string): Promise<number[]> => {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const entries = (await Promise.all(pids.map(entryOf))).filter((entry) => entry !== null);
  const found = entries
    .filter(({ arguments: args }) => args.includes(`--user-data-dir=${profile}`))
    .map(({ pid }) => pid);
  // The processes that it has started, and those that they have started in turn.
  for (const pid of found) {
    for (const entry of entries)
      if (entry.parent === pid && !found.includes(entry.pid)) found.push(entry.pid);
  }
  if (found.length === 0) throw new Error('No browser runs with this profile.');
  if (service === undefined) return found;
  // Chromium's own processes have all their arguments in one.
  const serving = entries.find(
    ({ pid, arguments: args }) =>
      found.includes(pid) && args.join(' ').includes(`--utility-sub-type=${service} `),
  );
  if (!serving) throw new Error(`The browser has no process for ${service}.`);
  return [serving.pid];
};
