import { describe, expect, it } from 'vitest';
import { ConfigError } from '../config-error.ts';
import { readConfig } from '../config.ts';

const ID = 'abcdefghijklmnopabcdefghijklmnop';
const TOKEN = 'sixteen-letters-';

describe('settings for operators', () => {
  it('are off until they are set', () => {
    expect(readConfig({})).toMatchObject({ metrics: null, tracing: null, extensionIds: [] });
  });

  it('put metrics on a port of their own, or behind a token', () => {
    expect(readConfig({ METRICS_PORT: '9464' }).metrics).toEqual({
      at: { host: '127.0.0.1', port: 9464 },
      token: null,
    });
    const open = { METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0', METRICS_TOKEN: TOKEN };
    expect(readConfig(open).metrics).toEqual({ at: { host: '0.0.0.0', port: 9464 }, token: TOKEN });
    expect(readConfig({ METRICS_TOKEN: TOKEN }).metrics).toEqual({ at: null, token: TOKEN });
  });

  it('read the collector and the extensions', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:4318';
    expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT }).tracing).toEqual({
      endpoint: OTEL_EXPORTER_OTLP_ENDPOINT,
      share: 1,
    });
    expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG: '0.05' }).tracing?.share).toBe(
      0.05,
    );
    expect(readConfig({ EXTENSION_IDS: `${ID}, ${ID}` }).extensionIds).toEqual([ID, ID]);
  });

  it.each([
    ['METRICS_PORT', '65536'],
    ['METRICS_PORT', 'on'],
    ['METRICS_HOST', '0.0.0.0'],
    ['METRICS_HOST', 'a b'],
    ['METRICS_TOKEN', 'secret'],
    ['METRICS_TOKEN', 'secret with a space in it'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://user:secret@collector'],
    ['OTEL_TRACES_SAMPLER_ARG', '2'],
    ['EXTENSION_IDS', 'secret'],
    ['EXTENSION_IDS', `${ID},*`],
  ])('refuse %s=%s in one line that names it and does not repeat it', (name, value) => {
    const read = (): unknown =>
      readConfig({ METRICS_PORT: name === 'METRICS_HOST' ? '' : '1', [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^${name} [^\n]+$`));
    expect(read).not.toThrow('secret');
  });
});
