import { describe, expect, it } from 'vitest';
import { loudnessOf } from './loudness.ts';

describe('loudnessOf', () => {
  it('runs from silence to full scale in decibels', () => {
    expect(loudnessOf(new Float32Array(100))).toBe(0);
    expect(loudnessOf(new Float32Array(100).fill(0.0001))).toBe(0);
    expect(loudnessOf(new Float32Array(100).fill(0.0316))).toBeCloseTo(0.5, 2);
    expect(loudnessOf(new Float32Array(100).fill(-1))).toBe(1);
  });
});
