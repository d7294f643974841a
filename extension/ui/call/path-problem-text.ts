import type { PathProblem } from '../../ipc/snapshot.ts';
import { t, type PlainKey } from '../i18n/messages.ts';

const KEYS: Record<PathProblem, PlainKey> = {
  'hidden-without-relay': 'problemRelayNeeded',
  'no-relay': 'pathNoRelay',
  'relay-unreachable': 'pathRelayUnreachable',
  'relay-refused': 'pathRelayRefused',
  'no-path': 'pathNone',
};

/** Why a call found no path, in words, with a remedy. */
export const pathProblemText = (problem: PathProblem): string => t(KEYS[problem]);
