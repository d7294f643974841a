const FRAME_RATE = { ideal: 30 };

/**
 * What the camera opens with. A small picture is there at once: coding the first one of 720p took
 * twice as long from Accept to the first frame on a machine with two cores.
 */
export const FIRST_SIZE: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: FRAME_RATE,
};

const FULL_SIZE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: FRAME_RATE,
};

/** Opens a camera track up to its full size. One that cannot do it stays as it is. */
export const widen = async (track: MediaStreamTrack): Promise<void> => {
  try {
    await track.applyConstraints(FULL_SIZE);
  } catch {
    // `ideal` never fails for its size; a track that has ended meanwhile needs none.
  }
};
