import { Refused } from './refused.ts';

/** What `work` gives, or `instead` while live state is away: for what must go on without it. */
export const whileAway = async <T>(work: Promise<T>, instead: T): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refused && error.code === 'unavailable') return instead;
    throw error;
  }
};
