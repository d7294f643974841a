import type { ChosenStatus, Status } from '../../../protocol/presence/presence.ts';
import { t, type PlainKey } from '../i18n/messages.ts';

const STATUS_KEYS = {
  available: 'statusAvailable',
  away: 'statusAway',
  'do-not-disturb': 'statusDoNotDisturb',
  'in-call': 'statusInCall',
  offline: 'statusOffline',
  'appear-offline': 'statusAppearOffline',
} as const satisfies Record<Status | ChosenStatus, PlainKey>;

/** A status in words. */
export const statusText = (status: Status | ChosenStatus): string => t(STATUS_KEYS[status]);
