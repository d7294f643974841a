import type { Observation } from './onlooker-world.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const VERSION = /"v": (\d+)/g;

/** Freezing and unfreezing a profile take one write each. */
const LIST_WRITE = /live\.lists\.(?:freeze|thaw)/g;

/** Numbers things in the order of their first appearance. */
const numberer = (): ((thing: string) => string) => {
  const numbers = new Map<string, number>();
  return (thing) => {
    if (!numbers.has(thing)) numbers.set(thing, numbers.size);
    return String(numbers.get(thing));
  };
};

/**
 * The observations as text, in which ids and versions are replaced by numbers in the order of their appearance. The
 * order of an object's fields is kept, because the onlooker could see it, too.
 */
export const comparable = (observations: readonly Observation[]): string[] => {
  const [id, version] = [numberer(), numberer()];
  return observations.map((observation) =>
    JSON.stringify(observation, null, 1)
      .replaceAll(UUID, (uuid) => `#${id(uuid)}`)
      .replaceAll(LIST_WRITE, 'live.lists.write')
      .replaceAll(VERSION, (_all, v: string) => `"v": ${version(v)}`),
  );
};
