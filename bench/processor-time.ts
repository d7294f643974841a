import type { CDPSession } from '@playwright/test';

const timesOf = async (browser: CDPSession): Promise<Map<number, number>> => {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  return new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime]));
};

/** Milliseconds of processor time that all processes of these browsers together use while `ms` pass. */
export const processorTime = async (browsers: readonly CDPSession[], ms: number): Promise<number> => {
  const before = await Promise.all(browsers.map(timesOf));
  await new Promise((resolve) => setTimeout(resolve, ms));
  const after = await Promise.all(browsers.map(timesOf));
  const used = after.flatMap((times, at) =>
    [...times].map(([id, time]) => time - (before[at]?.get(id) ?? 0)),
  );
  return used.reduce((sum, seconds) => sum + seconds, 0) * 1_000;
};
