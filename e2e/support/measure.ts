import { test } from '@playwright/test';

/** Notes a figure with the test, and prints it: what was measured is worth reading also when it was good enough. */
export const measure = (what: string, value: number | null): void => {
  const description = `${what}: ${String(value)}`;
  test.info().annotations.push({ type: 'measured', description });
  process.stdout.write(`    ${description}\n`);
};
