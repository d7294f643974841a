/**
 * The energy of all that a track has given to its sender; null while it sends nothing. Only whether it grows
 * means something here: https://www.w3.org/TR/webrtc-stats/#dom-rtcaudiosourcestats-totalaudioenergy
 */
export const soundEnergy = async (sender: Pick<RTCRtpSender, 'getStats'>): Promise<number | null> => {
  for (const report of (await sender.getStats()).values() as Iterable<Record<string, unknown>>) {
    const energy = report['totalAudioEnergy'];
    if (report['type'] === 'media-source' && typeof energy === 'number') return energy;
  }
  return null;
};
