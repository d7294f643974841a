import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Gauges, Metrics } from './metrics.ts';

/** Seconds; a relayed event takes well under a millisecond, a slow disk a second. */
const EVENT_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const REQUEST_BUCKETS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** Seconds; a phone rings within milliseconds, a person takes half a minute to get to it. */
const SETUP_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 45, 120];

/** {@link Metrics} as Prometheus reads them. */
export interface PrometheusMetrics extends Metrics {
  /** Everything, in Prometheus' text format. */
  read(): Promise<{ type: string; text: string }>;
  /** The name of every metric, as it stands in front of its suffix. */
  names(): string[];
}

/** The metrics of one process, with those of Node itself (event loop, memory, garbage, CPU). */
export const createPrometheusMetrics = (version: string): PrometheusMetrics => {
  const registry = new Registry();
  const registers = [registry];
  let gauges: Gauges = {
    phones: () => 0,
    isDraining: () => false,
    hashing: () => ({ running: 0, waiting: 0 }),
  };
  collectDefaultMetrics({ register: registry });

  const counter = <L extends string = never>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
  ): Counter<L> => new Counter({ name: `quick_call_${name}`, help, labelNames, registers });
  const histogram = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    buckets: number[],
  ): Histogram<L> => new Histogram({ name: `quick_call_${name}`, help, labelNames, buckets, registers });

  new Gauge({
    name: 'quick_call_info',
    help: 'The version that runs',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);
  new Gauge({
    name: 'quick_call_phones',
    help: 'Phones connected to this process',
    registers,
    collect() {
      this.set(gauges.phones());
    },
  });
  new Gauge({
    name: 'quick_call_draining',
    help: '1 while the process stops and takes nobody in',
    registers,
    collect() {
      this.set(gauges.isDraining() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'quick_call_password_hashes',
    help: 'Passwords being hashed, and those that wait for it',
    labelNames: ['state'],
    registers,
    collect() {
      const { running, waiting } = gauges.hashing();
      this.set({ state: 'running' }, running);
      this.set({ state: 'waiting' }, waiting);
    },
  });

  const connections = counter('connections_total', 'Phones that connected');
  const disconnections = counter('disconnections_total', 'Connections that ended, by reason', ['reason']);
  const handshakes = counter('handshakes_refused_total', 'Phones that were not let in, by code', ['code']);
  const slowConsumers = counter('slow_consumers_total', 'Connections closed because the phone did not read');
  const events = counter('events_total', 'Events of phones, by result', ['event', 'result']);
  const eventSeconds = histogram(
    'event_seconds',
    'How long the answer to an event took',
    ['event'],
    EVENT_BUCKETS,
  );
  const requestSeconds = histogram(
    'http_request_seconds',
    'Requests over HTTP, by route and status',
    ['route', 'method', 'status'],
    REQUEST_BUCKETS,
  );
  const rateLimited = counter('rate_limited_total', 'What was refused for coming too often', ['limit']);
  const placed = counter('calls_placed_total', 'Calls that were placed', ['media']);
  const ended = counter('calls_ended_total', 'Calls that ended, by reason', ['reason']);
  const setup = histogram(
    'setup_seconds',
    'Each step of setting a call up: to ringing, from placing to Accept, from there to connected',
    ['phase'],
    SETUP_BUCKETS,
  );
  const glare = counter('glare_total', 'Two people who called each other at the same time');
  const conflicts = counter(
    'lock_conflicts_total',
    'Somebody was in a call already, or another device was faster',
    ['event'],
  );
  const leases = counter('leases_expired_total', 'Released after the process that held it was gone');
  const changes = counter('presence_changes_total', 'Changes of presence that were published');
  const deliveries = counter('presence_deliveries_total', 'Connections that such changes went to');

  return {
    watch(given) {
      gauges = given;
    },
    connected: () => connections.inc(),
    disconnected: (reason) => disconnections.inc({ reason }),
    handshakeRefused: (code) => handshakes.inc({ code }),
    slowConsumer: () => slowConsumers.inc(),
    event(event, result, seconds) {
      events.inc({ event, result });
      eventSeconds.observe({ event }, seconds);
    },
    request({ route, method, status, seconds }) {
      requestSeconds.observe({ route, method, status }, seconds);
    },
    rateLimited: (limit) => rateLimited.inc({ limit }),
    callPlaced: (media) => placed.inc({ media }),
    callEnded: (reason) => ended.inc({ reason }),
    setup: (phase, seconds) => setup.observe({ phase }, seconds),
    glare: () => glare.inc(),
    lockConflict: (event) => conflicts.inc({ event }),
    leasesExpired: (count) => leases.inc(count),
    presenceChanged(watchers) {
      changes.inc();
      deliveries.inc(watchers);
    },
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
    names: () => registry.getMetricsAsArray().map(({ name }) => name),
  };
};
