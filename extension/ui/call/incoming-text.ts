import type { Media } from '../../../protocol/calls/call.ts';
import { t } from '../i18n/messages.ts';

/** The kind of an incoming call, in words. */
export const incomingText = (media: Media): string =>
  t(media === 'video' ? 'incomingVideo' : 'incomingVoice');
