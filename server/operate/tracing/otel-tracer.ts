import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { OperationSettings } from '../operation-settings.ts';
import { Refused } from '../../refused.ts';
import type { Tracer } from './tracer.ts';

/** Milliseconds between two log lines about a collector that is away: it may be away for hours. */
const TOLD_EVERY = 60_000;
/** How long a collector may take, and how long the end of the process waits for it, in milliseconds. */
const SEND_WITHIN = 5000;
const CLOSE_WITHIN = 1000;

/** Logs failures that the exporter does not log itself; what could not be sent is lost. */
const loggingFailures = (exporter: SpanExporter, log: Logger): SpanExporter => {
  let toldAt = -Infinity;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error && performance.now() - toldAt > TOLD_EVERY) {
          toldAt = performance.now();
          log.warn('traces could not be sent to OTEL_EXPORTER_OTLP_ENDPOINT');
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
};

/** Names an error by its type, because its message may hold what people wrote. */
const typeOf = (error: unknown): string => {
  if (error instanceof Refused) return error.code;
  return error instanceof Error ? error.name : 'unknown';
};

/**
 * Spans over OTLP/HTTP. Nothing is registered globally and nothing is
 * instrumented automatically: only this server's own wrappers make spans, so
 * that no library can add anything personal.
 */
export const createOtelTracer = (
  { endpoint, share }: NonNullable<OperationSettings['tracing']>,
  about: { version: string; log: Logger },
): Tracer => {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const provider = new TracerProvider({
    // No detectors: they would tell the machine's name and the command's arguments.
    resource: resourceFromAttributes({
      'service.name': 'quick-call',
      'service.version': about.version,
      'service.instance.id': randomUUID(),
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: loggingFailures(new OTLPTraceExporter({ url, timeoutMillis: SEND_WITHIN }), about.log),
      }),
    ],
  });
  const tracer = provider.getTracer('quick-call', about.version);
  const contexts = new AsyncLocalStorage<Context>();

  const within = async <T>(span: Span, parent: Context, work: () => Promise<T>): Promise<T> => {
    try {
      return await contexts.run(trace.setSpan(parent, span), work);
    } catch (error) {
      span.setAttribute('error.type', typeOf(error));
      if (!(error instanceof Refused)) span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };

  return {
    root(name, attributes, work) {
      // A client's `traceparent` is ignored: strangers would choose which traces are kept.
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes, root: true }, ROOT_CONTEXT);
      return within(span, ROOT_CONTEXT, () => work({ tell: (facts) => void span.setAttributes(facts) }));
    },
    part(name, work) {
      const parent = contexts.getStore();
      if (!parent) return work();
      return within(tracer.startSpan(name, { kind: SpanKind.INTERNAL }, parent), parent, work);
    },
    async close() {
      // The exporter has reported the failure.
      const sent = provider.shutdown().catch(() => undefined);
      await Promise.race([sent, setTimeout(CLOSE_WITHIN, undefined, { ref: false })]);
    },
  };
};
