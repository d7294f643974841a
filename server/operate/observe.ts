import type { LiveCalls } from '../calls/live-calls.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import type { Live } from '../live.ts';
import type { Store } from '../store.ts';
import { unobserved, type TransportObserver } from '../transport/observer.ts';
import type { Metrics } from './metrics/metrics.ts';
import { observeAnnouncer } from './metrics/observe-announcer.ts';
import { observeCalls } from './metrics/observe-calls.ts';
import { observeConnections } from './metrics/observe-connections.ts';
import { observeEvents } from './metrics/observe-events.ts';
import { observeLimiters } from './metrics/observe-limiters.ts';
import { traceParts } from './tracing/trace-parts.ts';
import { traceReceive } from './tracing/trace-receive.ts';
import { traceRequest } from './tracing/trace-request.ts';
import type { Tracer } from './tracing/tracer.ts';

interface ObserveDeps {
  store: Store;
  live: Pick<Live, 'calls'>;
  createLimiter: CreateLimiter;
  /** Null or left out: nothing is counted. */
  metrics?: Metrics | null;
  /** Null or left out: nothing is traced. */
  tracer?: Tracer | null;
}

/** Parts of a server to use instead, which report what they do. */
interface Observed {
  store: Store;
  liveCalls: LiveCalls;
  createLimiter: CreateLimiter;
  transport: TransportObserver;
}

/** {@link TransportObserver} that adds tracing. */
const traced = (inner: TransportObserver, tracer: Tracer): TransportObserver => ({
  ...inner,
  events: ({ receive, limitEvent }) => inner.events({ receive: traceReceive(receive, tracer), limitEvent }),
  handler: (route, handler) => traceRequest(route, handler, tracer),
});

const measured = (metrics: Metrics): TransportObserver => ({
  ...unobserved,
  handshakeRefused: (code) => {
    metrics.handshakeRefused(code);
  },
  slowConsumer: () => {
    metrics.slowConsumer();
  },
  requestAnswered: (answered) => {
    metrics.request(answered);
  },
  connections: (io) => {
    observeConnections(io, metrics);
  },
  announcer: (announcer, io) => observeAnnouncer(announcer, io, metrics),
  events: (path) => observeEvents(path, metrics),
});

/** Lets metrics and traces watch the parts of a server without those knowing it. */
export const observe = ({ store, live, createLimiter, metrics, tracer }: ObserveDeps): Observed => {
  const liveCalls = tracer ? traceParts(live.calls, 'live.calls', tracer) : live.calls;
  const transport = metrics ? measured(metrics) : unobserved;
  return {
    store: tracer ? traceParts(store, 'store', tracer) : store,
    liveCalls: metrics ? observeCalls(liveCalls, metrics) : liveCalls,
    createLimiter: metrics ? observeLimiters(createLimiter, metrics) : createLimiter,
    transport: tracer ? traced(transport, tracer) : transport,
  };
};
