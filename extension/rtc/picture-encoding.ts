import type { PictureStep } from './picture-policy.ts';

/** The sender's parameters for one step. */
export interface PictureEncoding {
  active: boolean;
  /** Bits per second. */
  maxBitrate: number;
  maxFramerate: number;
  scaleResolutionDownBy: number;
}

/** The most lines of picture, frames a second and bits a second at each step. */
const STEPS = {
  full: { height: 720, maxFramerate: 30, maxBitrate: 2_500_000 },
  medium: { height: 360, maxFramerate: 20, maxBitrate: 600_000 },
  low: { height: 180, maxFramerate: 12, maxBitrate: 200_000 },
  // As low as it will be when it is tried again.
  rest: { height: 180, maxFramerate: 12, maxBitrate: 200_000 },
} as const satisfies Record<PictureStep, object>;

/**
 * Bits per second of sound at each step. Headers and the redundant copy make 90,000 of 32,000 on the network, and
 * 65,000 of 20,000: where no picture fits, that leaves a path of 120,000 without a queue.
 */
const SOUND = { full: 32_000, medium: 32_000, low: 20_000, rest: 20_000 } as const satisfies Record<
  PictureStep,
  number
>;

/**
 * The parameters of the sound at a step: it goes before pictures, on this machine and in networks that honour the
 * priority.
 */
export const soundEncoding = (
  step: PictureStep,
): Required<Pick<RTCRtpEncodingParameters, 'maxBitrate' | 'priority' | 'networkPriority'>> => ({
  maxBitrate: SOUND[step],
  priority: 'high',
  networkPriority: 'high',
});

/** How a picture of `height` lines is sent at a step; a picture is never made larger. */
export const pictureEncoding = (step: PictureStep, height: number): PictureEncoding => {
  const { height: most, maxFramerate, maxBitrate } = STEPS[step];
  return {
    active: step !== 'rest',
    maxBitrate,
    maxFramerate,
    scaleResolutionDownBy: Math.max(1, height / most),
  };
};
