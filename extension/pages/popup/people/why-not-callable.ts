import type { Contact } from '../../../../protocol/presence/presence.ts';
import { t } from '../../../ui/i18n/messages.ts';

/** Why a contact cannot be called now, in words; null when they can. Somebody who does not want to be disturbed can be: the answer says so. */
export const whyNotCallable = (
  { status }: Pick<Contact, 'status'>,
  name: string,
  online: boolean,
): string | null => {
  if (!online) return t('reasonNoConnection');
  if (status === 'in-call') return t('reasonInCall', name);
  if (status === 'offline') return t('reasonOffline', name);
  return null;
};
