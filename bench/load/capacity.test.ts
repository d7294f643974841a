import { describe, expect, it } from 'vitest';
import { demandOf, type Costs } from './capacity.ts';

const COSTS: Costs = {
  processMemory: 100,
  personMemory: 10,
  idleCpu: 0.001,
  callCpu: 0.5,
  choiceCpu: 0.01,
  deltaCpu: 0.001,
  signInCpu: 0.002,
  redisCallCpu: 0.1,
  postgresCallCpu: 0.2,
};

describe('the model of capacity', () => {
  it('adds up heartbeats, calls in the busiest hour, and what everybody is told', () => {
    // 2,400 calls a day in all, of which 360 in the busiest hour: one in ten seconds.
    const demand = demandOf({ people: 240, contacts: 10, callsADay: 10, changesAnHour: 9 }, COSTS);
    expect(demand.calls).toBeCloseTo(0.1);
    expect(demand.changes).toBeCloseTo(0.6 + 0.4);
    expect(demand.deltas).toBeCloseTo(10);
    expect(demand.cores).toBeCloseTo(0.24 + 0.05 + 0.006 + 0.01);
    expect(demand.memory).toBe(2500);
    expect(demand.redisCores).toBeCloseTo(0.01);
    expect(demand.postgresCores).toBeCloseTo(0.02);
    expect(demand.backAfter(2)).toBeCloseTo(0.24);
  });

  it('grows with contacts, not with their square', () => {
    const with10 = demandOf({ people: 100, contacts: 10, callsADay: 0, changesAnHour: 6 }, COSTS);
    const with20 = demandOf({ people: 100, contacts: 20, callsADay: 0, changesAnHour: 6 }, COSTS);
    expect(with20.deltas).toBeCloseTo(2 * with10.deltas);
  });
});
