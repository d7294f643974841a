import { SETTINGS } from './config.ts';
import { editDistance } from './edit-distance.ts';

/** From this length on, a name may be two letters off: shorter ones are near to too many others, as HOME is to HOST. */
const LONG = 8;

const nearestTo = (name: string): string | null => {
  const known = SETTINGS.map((setting) => ({ setting, distance: editDistance(name.toUpperCase(), setting) }));
  const near = known.filter(({ setting, distance }) => distance <= (setting.length < LONG ? 1 : 2));
  return near.sort((a, b) => a.distance - b.distance)[0]?.setting ?? null;
};

/**
 * One line for each environment variable that is nearly the name of a setting, and would be ignored without a word.
 * A number at the end is no slip: some platforms set PORT0, PORT1.
 */
export const misspeltSettings = (env: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value === '' || SETTINGS.includes(name) || /\d$/.test(name)) return [];
    const meant = nearestTo(name);
    return meant === null ? [] : [`${name} is not a setting, and is ignored. Did you mean ${meant}?`];
  });
