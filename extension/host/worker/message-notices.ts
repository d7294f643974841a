import type { MessagePosition } from '../../../protocol/chat/message.ts';
import type { Ask } from '../../ipc/asking.ts';
import type { PhoneProtocol } from '../../ipc/protocol.ts';

interface Options {
  askPhone: Ask<PhoneProtocol>;
  openPopup: () => Promise<void>;
}

/** What happens to the notification of somebody's messages. */
export interface MessageNotices {
  press(notice: MessagePosition): Promise<void>;
  close(notice: MessagePosition): Promise<void>;
}

export const createMessageNotices = ({ askPhone, openPopup }: Options): MessageNotices => ({
  async press(notice) {
    // Asked first, so that the popup finds it when it opens.
    await askPhone('want-conversation', { userId: notice.userId });
    await openPopup();
    await askPhone('dismiss-message-notice', notice);
  },
  async close(notice) {
    await askPhone('dismiss-message-notice', notice);
  },
});
