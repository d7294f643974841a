import { BRANCHES } from '../evidence.ts';
import type { Check } from './check.ts';

/** A run that missed a branch proves nothing about it. */
export const branchesReached: Check = ({ branches }) =>
  BRANCHES.filter((branch) => branches[branch] < 1).map((branch) => `${branch} was never reached`);
