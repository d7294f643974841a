import { describe, expect, it } from 'vitest';
import { messageNoticeId, messageNoticeOf } from './message-notice.ts';
import { createMessageNotices } from './message-notices.ts';

const announced = { userId: 'ann', at: 7 };

const setUp = () => {
  const events: string[] = [];
  const notices = createMessageNotices({
    // Answers as the phone does.
    askPhone: (name, payload) => {
      events.push(`${name} ${JSON.stringify(payload)}`);
      return Promise.resolve({ ok: true }) as never;
    },
    openPopup: () => {
      events.push('popup');
      return Promise.resolve();
    },
  });
  return { notices, events };
};

describe('notifications of messages', () => {
  it('are told from those of calls by their id', () => {
    expect(messageNoticeOf(messageNoticeId(announced))).toEqual(announced);
    expect(messageNoticeOf('2f0c3a55-5a1e-4c5a-9d59-6a8a2b1f0c11')).toBeNull();
  });

  it('open the popup at the conversation when pressed, and are done', async () => {
    const { notices, events } = setUp();
    await notices.press(announced);
    expect(events).toEqual([
      'want-conversation {"userId":"ann"}',
      'popup',
      'dismiss-message-notice {"userId":"ann","at":7}',
    ]);
  });

  it('do not come back once put away', async () => {
    const { notices, events } = setUp();
    await notices.close(announced);
    expect(events).toEqual(['dismiss-message-notice {"userId":"ann","at":7}']);
  });
});
