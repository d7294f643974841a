import { describe, expect, it } from 'vitest';
import { Samples, tableOf } from './results.ts';

describe('the table', () => {
  it('shows medians with their range, and missed goals', () => {
    const table = tableOf({
      title: 'Calls',
      results: [
        { name: 'calls a second', unit: '/s', samples: [310, 290.4, 305], goal: 'at least 300', met: true },
        { name: 'memory', unit: 'KB', samples: [51.26], goal: 'at most 45', met: false, note: 'once' },
        { name: 'other', unit: 'ms', samples: [Number.NaN] },
      ],
    });
    expect(table.split('\n')).toEqual([
      'Calls',
      '  calls a second  305 /s (290–310)  met: at least 300',
      '  memory                   51.3 KB  MISSED: at most 45; once',
      '  other                       – ms',
    ]);
  });
});

describe('samples', () => {
  it('are kept by name', () => {
    const samples = new Samples();
    samples.add('a', 1);
    samples.add('a', 2);
    expect(samples.of('a')).toEqual([1, 2]);
    expect(samples.of('b')).toEqual([]);
  });
});
