import type { Logger } from 'pino';
import type { OperationSettings } from '../operation-settings.ts';
import type { Tracer } from './tracer.ts';

/** Loads OpenTelemetry, which takes time and memory that whoever does not trace should not pay for. */
export const openTracer = async (
  settings: NonNullable<OperationSettings['tracing']>,
  about: { version: string; log: Logger },
): Promise<Tracer> => {
  const { createOtelTracer } = await import('./otel-tracer.ts');
  return createOtelTracer(settings, about);
};
