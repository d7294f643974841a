/** Puts an unexpected failure where a developer looks first: the extension's error list. */
export const logFailure = (what: string, error: unknown): void => {
  // eslint-disable-next-line no-console -- the error list is filled by the console
  console.error('Quick Call:', what, error);
};
