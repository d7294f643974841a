/** A setting or its surroundings stop the start. The message is one line for the operator and names the setting. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
