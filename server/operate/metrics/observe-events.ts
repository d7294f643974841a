import { isClientEvent } from '../../../protocol/events.ts';
import type { EventPath } from '../../transport/observer.ts';
import type { Metrics } from './metrics.ts';

/** Counts and times what phones send. An event's name comes from the wire, so every unknown one counts as `unknown`. */
export const observeEvents = (inner: EventPath, metrics: Pick<Metrics, 'event'>): EventPath => ({
  async receive(from, event, args) {
    const start = performance.now();
    const answer = await inner.receive(from, event, args);
    const name = isClientEvent(event) ? event : 'unknown';
    const result = answer === null || answer.ok ? 'ok' : answer.code;
    metrics.event(name, result, (performance.now() - start) / 1000);
    return answer;
  },
  async limitEvent(from, event) {
    const wait = await inner.limitEvent(from, event);
    if (wait !== null) metrics.event(isClientEvent(event) ? event : 'unknown', 'rate-limited', 0);
    return wait;
  },
});
