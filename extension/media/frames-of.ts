/**
 * How many frames a camera has given since it was opened (W3C mediacapture-extensions, `MediaStreamTrack.stats`). Null:
 * the browser does not tell.
 */
export const framesOf = (track: MediaStreamTrack): number | null => {
  const stats: unknown = 'stats' in track ? track.stats : null;
  if (typeof stats !== 'object' || stats === null || !('totalFrames' in stats)) return null;
  return typeof stats.totalFrames === 'number' ? stats.totalFrames : null;
};
