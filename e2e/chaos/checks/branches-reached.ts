import { BRANCHES } from '../evidence.ts';
import type { Check } from './check.ts';

/** A run that never came by what it is for proves nothing. */
export const branchesReached: Check = ({ branches }) =>
  BRANCHES.filter((branch) => branches[branch] < 1).map((branch) => `${branch} was never reached`);
