/** Milliseconds; cameras take up to two seconds for their first picture. */
const WAIT = 6_000;
/** Brighter than what a covered lens gives, of 255. */
const BRIGHT = 24;

const brightest = (video: HTMLVideoElement): number => {
  const { data } = draw(video);
  let most = 0;
  for (let i = 0; i < data.length; i += 4) {
    most = Math.max(most, data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0);
  }
  return most;
};

const draw = (video: HTMLVideoElement): ImageData => {
  const context = new OffscreenCanvas(32, 18).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.drawImage(video, 0, 0, 32, 18);
  return context.getImageData(0, 0, 32, 18);
};

/** What a camera shows: `dark` when every picture is black, as with the lens covered. For visible pages, where frames are drawn. */
export const pictureFromDevice = (track: MediaStreamTrack): Promise<'picture' | 'dark' | 'nothing'> =>
  new Promise((resolve, reject) => {
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream([track]);
    let seen = false;
    const timer = setTimeout(() => {
      finish(seen ? 'dark' : 'nothing');
    }, WAIT);
    const finish = (verdict: 'picture' | 'dark' | 'nothing'): void => {
      clearTimeout(timer);
      video.srcObject = null;
      resolve(verdict);
    };
    const look = (): void => {
      if (video.srcObject === null) return;
      seen = true;
      if (brightest(video) > BRIGHT) finish('picture');
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
    video.play().catch(reject);
  });
