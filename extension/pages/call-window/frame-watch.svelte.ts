/** Whether a video element has a picture to show; until then the page shows an avatar. */
export class FrameWatch {
  #is = $state(false);

  get is(): boolean {
    return this.#is;
  }

  /** For `{@attach}` on the element. */
  readonly watch = (video: HTMLVideoElement): (() => void) => {
    const scope = new AbortController();
    const look = (): void => {
      this.#is = video.videoWidth > 0;
    };
    for (const name of ['loadedmetadata', 'loadeddata', 'resize', 'emptied']) {
      video.addEventListener(name, look, { signal: scope.signal });
    }
    return () => {
      scope.abort();
    };
  };
}
