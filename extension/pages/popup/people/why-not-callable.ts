import type { Contact } from '../../../../protocol/presence/presence.ts';
import { t } from '../../../ui/i18n/messages.ts';

/**
 * Why a contact cannot be called now, in words; null if the contact can be called. That includes "do not
 * disturb": the server's answer then says so.
 */
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
