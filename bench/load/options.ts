import { parseArgs } from 'node:util';

/** The parts, each of which can be run alone, in the order of a full run. */
export const PARTS = ['calls', 'crowd', 'nodes', 'growth'] as const;
export type Part = (typeof PARTS)[number];

/** The options on the command line. */
export interface Options {
  readonly parts: readonly Part[];
  /** People connected at the same time, in `crowd`. */
  readonly people: number;
  /** Contacts of each person. */
  readonly contacts: number;
  /** Pairs that call each other, in `calls` and `nodes`. */
  readonly pairs: number;
  readonly repeats: number;
  /** How many seconds each rate of calls is tried; processor time is measured for twice as long. */
  readonly seconds: number;
}

const isPart = (text: string): text is Part => PARTS.some((part) => part === text);

const whole = (name: string, text: string, least: number): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(`--${name} takes a whole number from ${String(least)}.`);
  return value;
};

/**
 * Reads the command line.
 * @throws Error that says which option is wrong.
 */
export const readOptions = (args: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: PARTS.join(',') },
      people: { type: 'string', default: '10000' },
      contacts: { type: 'string', default: '50' },
      pairs: { type: 'string', default: '500' },
      repeats: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
    },
  });
  const parts = values.only.split(',').filter(isPart);
  if (parts.length !== values.only.split(',').length) throw new Error(`--only takes ${PARTS.join(', ')}.`);
  return {
    parts,
    people: whole('people', values.people, 2),
    contacts: whole('contacts', values.contacts, 1),
    pairs: whole('pairs', values.pairs, 1),
    repeats: whole('repeats', values.repeats, 1),
    seconds: whole('seconds', values.seconds, 1),
  };
};
