import type { PlainKey } from '../i18n/messages.ts';

/** What can be said with one press when a call is declined. */
export const QUICK_REPLIES = [
  'quickReplyCannotTalk',
  'quickReplyCallBack',
  'quickReplyOnMyWay',
] as const satisfies readonly PlainKey[];
