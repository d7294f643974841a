import type { MessageCommands } from '../../ipc/message-commands.ts';
import type { Handlers } from '../../ipc/router.ts';
import type { Snapshot } from '../../ipc/slices.ts';
import type { Calls } from '../calls/calls.ts';
import type { Messages } from './messages.ts';

interface Options {
  messages: Messages;
  calls: Pick<Calls, 'decline'>;
  snapshot: () => Pick<Snapshot, 'incoming' | 'session'>;
}

/** What pages can ask of the phone about text messages. */
export const createMessageCommands = ({ messages, calls, snapshot }: Options): Handlers<MessageCommands> => ({
  'open-conversation': ({ userId }) => messages.open(userId),
  'want-conversation': ({ userId }) => messages.want(userId),
  'earlier-messages': ({ userId }) => messages.earlier(userId),
  'read-draft': ({ userId }) => ({ ok: true, draft: messages.draftTo(userId) }),
  'keep-draft': ({ userId, text, hidden }) => messages.draft(userId, text, hidden),
  'send-message': ({ userId, text }) => messages.send(userId, text),
  'retry-message': ({ id }) => messages.retry(id),
  'discard-message': ({ id }) => messages.discard(id),
  'read-messages': (position) => messages.read(position),
  'search-messages': ({ query }) => messages.search(query),
  'dismiss-message-notice': (notice) => messages.dismissNotice(notice),
  'count-unsent': async () => {
    const { session } = snapshot();
    if (session.kind !== 'signed-in') return { ok: false, code: 'signed-out' };
    return { ok: true, ...(await messages.countUnsent(session.account.userId)) };
  },
  'decline-with-message': ({ callId, text }) => {
    const call = snapshot().incoming.find((each) => each.callId === callId);
    if (!call || calls.decline(callId) !== 'handled') return { ok: false, code: 'unknown-call' };
    return messages.send(call.from.userId, text);
  },
});
