import { readFileSync } from 'node:fs';

/** Clock ticks a second (`getconf CLK_TCK`): the same on every Linux machine that Node runs on. */
const TICKS_A_SECOND = 100;

/** Seconds of processor time, user and system, from the text of `/proc/PID/stat` (proc_pid_stat(5)). */
export const processorSeconds = (stat: string): number => {
  // The second field is the program's name in brackets, which may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
};

/** Resident memory in bytes, from the text of `/proc/PID/status`. */
export const residentBytes = (status: string): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;

/** Seconds of processor time that a process has used so far, all its threads together. Linux only. */
export const processorTimeOf = (pid: number): number =>
  processorSeconds(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));

/** Bytes of memory that a process holds. Linux only. */
export const memoryOf = (pid: number): number =>
  residentBytes(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));

const childrenOf = (pid: number): number[] => {
  const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return children.flatMap((child) => [child, ...childrenOf(child)]);
};

/**
 * The processes of this name that this one has started, and those that they started: PostgreSQL starts one for each
 * connection.
 */
export const childrenNamed = (name: string): number[] =>
  childrenOf(process.pid).filter(
    (pid) => readFileSync(`/proc/${String(pid)}/comm`, 'utf8').trimEnd() === name,
  );
