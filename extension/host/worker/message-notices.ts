import type { UserId } from '../../../protocol/ids.ts';
import type { Ask } from '../../ipc/asking.ts';
import type { PhoneProtocol } from '../../ipc/protocol.ts';

interface Options {
  askPhone: Ask<PhoneProtocol>;
  openPopup: () => Promise<void>;
}

/** What happens to the notification of somebody's messages. */
export interface MessageNotices {
  press(userId: UserId): Promise<void>;
  close(userId: UserId): Promise<void>;
}

export const createMessageNotices = ({ askPhone, openPopup }: Options): MessageNotices => ({
  async press(userId) {
    // Asked first, so that the popup finds it when it opens.
    await askPhone('want-conversation', { userId });
    await openPopup();
    await askPhone('dismiss-message-notice', { userId });
  },
  async close(userId) {
    await askPhone('dismiss-message-notice', { userId });
  },
});
