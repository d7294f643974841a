import type { Logger } from 'pino';
import type { OperationSettings } from '../operation-settings.ts';
import type { Tracer } from './tracer.ts';

/** Loads OpenTelemetry only where traces are wanted, because it takes time and memory. */
export const openTracer = async (
  settings: NonNullable<OperationSettings['tracing']>,
  about: { version: string; log: Logger },
): Promise<Tracer> => {
  const { createOtelTracer } = await import('./otel-tracer.ts');
  return createOtelTracer(settings, about);
};
