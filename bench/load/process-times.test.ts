import { describe, expect, it } from 'vitest';
import { processorSeconds, residentBytes } from './process-times.ts';

describe('what Linux says of a process', () => {
  it('is read past a name with brackets and spaces', () => {
    const stat = '4711 (node (v24) x) S 1 1 1 0 -1 4194304 9 0 0 0 250 50 0 0 20 0 11 0 1 2 3';
    expect(processorSeconds(stat)).toBe(3);
  });

  it('gives memory in bytes', () => {
    expect(residentBytes('Name:\tnode\nVmHWM:\t  99 kB\nVmRSS:\t    2048 kB\nThreads:\t11\n')).toBe(
      2_097_152,
    );
  });
});
