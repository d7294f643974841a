import { PAGES } from './pages.ts';

/** The slice of `chrome` that making the phone needs. */
export interface OffscreenApi {
  exists(): Promise<boolean>;
  create(): Promise<void>;
}

/**
 * Makes sure that the one offscreen document exists, and never a second time: an existing one is
 * adopted, because making it anew would drop the call. Two parallel creations race in the browser
 * (the second rejects), so that all callers of one worker share one promise, and a creation that
 * fails because the document is there by now has succeeded.
 */
export const createOffscreenEnsurer = (api: OffscreenApi): (() => Promise<void>) => {
  let running: Promise<void> | null = null;

  const ensure = async (): Promise<void> => {
    if (await api.exists()) return;
    try {
      await api.create();
    } catch (error) {
      if (!(await api.exists())) throw error;
    }
  };

  return () => {
    running ??= ensure().finally(() => {
      running = null;
    });
    return running;
  };
};

/** Resolves once the offscreen document has loaded. */
export const ensureOffscreenDocument = createOffscreenEnsurer({
  exists: async () => {
    const contexts = await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] });
    return contexts.length > 0;
  },
  create: () =>
    chrome.offscreen.createDocument({
      url: PAGES.offscreen,
      // With AUDIO_PLAYBACK alone it would be closed after 30 s of silence.
      reasons: ['WEB_RTC', 'USER_MEDIA', 'AUDIO_PLAYBACK'],
      justification: 'Holds the calls: the connection, microphone, camera and sound, while no page is open.',
    }),
});
