// Where Chromium plays an audio context; TypeScript's library lacks it.
// https://webaudio.github.io/web-audio-api/#dom-audiocontext-setsinkid
interface AudioContextOptions {
  sinkId?: string;
}
interface AudioContext {
  readonly sinkId: string | object;
  setSinkId(sinkId: string): Promise<void>;
}
