import type { PlainKey } from '../i18n/messages.ts';

/** Replies that decline a call with one press. */
export const QUICK_REPLIES = [
  'quickReplyCannotTalk',
  'quickReplyCallBack',
  'quickReplyOnMyWay',
] as const satisfies readonly PlainKey[];
