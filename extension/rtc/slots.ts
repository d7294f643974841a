import { PeerError } from './peer-error.ts';
import { pictureEncoding, soundEncoding } from './picture-encoding.ts';
import type { PictureStep } from './picture-policy.ts';
import type { Slot } from './peer-types.ts';
import { soundEnergy } from './sound-energy.ts';

/** The order of the media in every call's description. */
const SLOTS = [
  { slot: 'microphone', kind: 'audio' },
  { slot: 'camera', kind: 'video' },
  { slot: 'screen', kind: 'video' },
] as const satisfies readonly { slot: Slot; kind: 'audio' | 'video' }[];

/** Opus, and before it RED (RFC 2198): each packet holds the frame before it once more, so that a lost one is made good. */
const SOUND_CODECS = ['audio/red', 'audio/opus'];

const soundCodecs = (): RTCRtpCodec[] => {
  const known = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  return SOUND_CODECS.flatMap((type) => known.filter(({ mimeType }) => mimeType.toLowerCase() === type));
};

/**
 * One variant of each codec that browsers share (RFC 7742, AV1) with its
 * retransmission: half the description, and less work between Accept and connected.
 */
const isOffered = ({ mimeType, sdpFmtpLine = '' }: RTCRtpCodec): boolean => {
  switch (mimeType.toLowerCase()) {
    case 'video/vp8':
    case 'video/av1':
    case 'video/rtx':
      return true;
    case 'video/vp9':
      return sdpFmtpLine.includes('profile-id=0');
    case 'video/h264':
      return sdpFmtpLine.includes('packetization-mode=1') && sdpFmtpLine.includes('profile-level-id=42e0');
    default:
      return false;
  }
};

/** The three transceivers of a call: the outgoing track of each slot, and the incoming media. */
export class Slots {
  /** The other side's tracks, all of them from `create` or `adopt` until `clear`. */
  readonly remote = new MediaStream();
  readonly #transceivers = new Map<Slot, RTCRtpTransceiver>();
  readonly #tracks = new Map<Slot, MediaStreamTrack | null>();
  /** Only its id matters: one stream for all, or sound and picture lose their synchrony. */
  readonly #local = new MediaStream();

  /** Caller: makes the transceivers that the offer will describe. */
  create(connection: RTCPeerConnection): void {
    const pictureCodecs = RTCRtpReceiver.getCapabilities('video')?.codecs.filter(isOffered) ?? [];
    for (const { slot, kind } of SLOTS) {
      const transceiver = connection.addTransceiver(kind, { direction: 'sendrecv', streams: [this.#local] });
      transceiver.setCodecPreferences(kind === 'video' ? pictureCodecs : soundCodecs());
      this.#take(slot, transceiver);
    }
  }

  /** Callee: takes the transceivers that the offer brought; without this, the answer would only receive. */
  adopt(connection: RTCPeerConnection): void {
    const transceivers = connection.getTransceivers();
    for (const [index, { slot, kind }] of SLOTS.entries()) {
      const transceiver = transceivers[index];
      if (transceiver?.receiver.track.kind !== kind) throw new PeerError('refused');
      transceiver.direction = 'sendrecv';
      if (kind === 'audio') transceiver.setCodecPreferences(soundCodecs());
      transceiver.sender.setStreams(this.#local);
      this.#take(slot, transceiver);
    }
  }

  remoteTrack(slot: Slot): MediaStreamTrack | null {
    return this.#transceivers.get(slot)?.receiver.track ?? null;
  }

  /** Sends `track` (or nothing) from now on; kept for later while there is no transceiver. */
  async set(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks.set(slot, track);
    await this.#transceivers.get(slot)?.sender.replaceTrack(track);
  }

  /** Whether a slot has a track to send. */
  sends(slot: Slot): boolean {
    return (this.#tracks.get(slot) ?? null) !== null;
  }

  /** Sends as much of the camera's picture, and of the sound, as a step says; does nothing when it does already. */
  async adapt(step: PictureStep): Promise<void> {
    await this.#encode('microphone', soundEncoding(step));
    const height = this.#tracks.get('camera')?.getSettings().height;
    await this.#encode('camera', pictureEncoding(step, height ?? 0));
  }

  async #encode(slot: Slot, wanted: Partial<RTCRtpEncodingParameters>): Promise<void> {
    const sender = this.#transceivers.get(slot)?.sender;
    const parameters = sender?.getParameters();
    const encoding = parameters?.encodings[0];
    if (!sender || !parameters || !encoding) return;
    const changed = { ...encoding, ...wanted };
    if (JSON.stringify(changed) === JSON.stringify(encoding)) return;
    await sender.setParameters({ ...parameters, encodings: [changed] });
  }

  /** What the microphone has given so far, see {@link soundEnergy}; null before there is a connection. */
  async energy(): Promise<number | null> {
    const sender = this.#transceivers.get('microphone')?.sender;
    return sender ? soundEnergy(sender) : null;
  }

  /** Lets go of every track; the connection is closed. */
  clear(): void {
    for (const track of this.remote.getTracks()) this.remote.removeTrack(track);
    this.#transceivers.clear();
    this.#tracks.clear();
  }

  #take(slot: Slot, transceiver: RTCRtpTransceiver): void {
    this.#transceivers.set(slot, transceiver);
    this.remote.addTrack(transceiver.receiver.track);
    const track = this.#tracks.get(slot);
    // Refused only when the connection is closed, and then nothing is to be sent.
    if (track) transceiver.sender.replaceTrack(track).catch(() => undefined);
  }
}
