import { test } from '@playwright/test';

/** Attaches a measured figure to the running test and prints it, because a passed limit does not say by how much. */
export const figure = (what: string, value: string | number | null): void => {
  const description = String(value ?? 'none');
  test.info().annotations.push({ type: what, description });
  process.stdout.write(`    ${what}: ${description}\n`);
};
