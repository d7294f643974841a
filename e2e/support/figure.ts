import { test } from '@playwright/test';

/** Notes a measured figure with the running test, and prints it: a bound that holds says nothing of how well. */
export const figure = (what: string, value: string | number | null): void => {
  const description = String(value ?? 'none');
  test.info().annotations.push({ type: what, description });
  process.stdout.write(`    ${what}: ${description}\n`);
};
