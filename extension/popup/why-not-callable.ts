import type { Contact } from '../../protocol/presence.ts';
import { t } from '../ui/messages.ts';

/** Why a contact cannot be called now, in words; null when they can. Somebody who does not want to be disturbed can be: the answer says so. */
export const whyNotCallable = ({ displayName, status }: Contact, online: boolean): string | null => {
  if (!online) return t('reasonNoConnection');
  if (status === 'in-call') return t('reasonInCall', displayName);
  if (status === 'offline') return t('reasonOffline', displayName);
  return null;
};
