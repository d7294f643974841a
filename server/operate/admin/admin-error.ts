/** A command cannot be done. The message is one line for the operator. */
export class AdminError extends Error {
  override name = 'AdminError';
}
