import type { Media } from '../../protocol/call.ts';
import { t } from './messages.ts';

/** What kind of call comes in, in words. */
export const incomingText = (media: Media): string =>
  t(media === 'video' ? 'incomingVideo' : 'incomingVoice');
