import { describe, expect, it } from 'vitest';
import { nextHealth, type Health } from './health.ts';

const table: [Health, RTCPeerConnectionState, boolean, Health][] = [
  ['new', 'connecting', true, 'new'],
  ['new', 'disconnected', true, 'new'],
  ['new', 'connected', true, 'connected'],
  ['new', 'failed', true, 'failed'],
  ['connected', 'connected', false, 'interrupted'],
  ['connected', 'disconnected', true, 'connected'],
  ['connected', 'disconnected', false, 'interrupted'],
  ['interrupted', 'disconnected', true, 'interrupted'],
  ['connected', 'connecting', true, 'connected'],
  ['connected', 'connecting', false, 'interrupted'],
  ['interrupted', 'connecting', true, 'interrupted'],
  ['interrupted', 'connected', true, 'connected'],
  ['interrupted', 'failed', false, 'failed'],
  ['failed', 'connecting', true, 'failed'],
  ['failed', 'connected', true, 'connected'],
  ['connected', 'closed', false, 'connected'],
];

describe('nextHealth', () => {
  it.each(table)('%s, %s, alive %s → %s', (health, state, alive, next) => {
    expect(nextHealth(health, state, alive)).toBe(next);
  });
});
