import { describe, expect, it } from 'vitest';
import { PARTS, readOptions } from './options.ts';

describe('the command line', () => {
  it('asks for everything by default', () => {
    expect(readOptions([])).toEqual({
      parts: PARTS,
      people: 10_000,
      contacts: 50,
      pairs: 500,
      repeats: 3,
      seconds: 5,
    });
  });

  it('can ask for some parts, and for less of them', () => {
    const options = readOptions(['--only', 'calls,nodes', '--people', '1000']);
    expect(options.parts).toEqual(['calls', 'nodes']);
    expect(options.people).toBe(1000);
  });

  it('is refused with the name of what is wrong', () => {
    expect(() => readOptions(['--only', 'call'])).toThrow('--only takes calls, crowd, nodes, growth.');
    expect(() => readOptions(['--people', 'many'])).toThrow('--people takes a whole number from 2.');
  });
});
