import type { CallDetails, CallSample } from '../../ipc/call-details.ts';
import type { QualityView } from '../../ipc/snapshot.ts';
import { GOOD_QUALITY, nextQuality, type Quality } from '../../rtc/quality.ts';

/** Two minutes of them. */
const KEPT = 60;

/**
 * How one call's connection does: the mark that people are shown, and the last samples for those who want to know
 * more.
 */
export class CallQuality {
  #quality: Quality = GOOD_QUALITY;
  #samples: readonly CallSample[] = [];

  take(sample: CallSample): void {
    this.#quality = nextQuality(this.#quality, sample);
    this.#samples = [...this.#samples, sample].slice(-KEPT);
  }

  get details(): CallDetails {
    return { samples: this.#samples };
  }

  /** Null while nothing is wrong. */
  view(cameraOn: boolean): QualityView | null {
    const { mark } = this.#quality;
    if (mark === 'good') return null;
    const resting = cameraOn && this.#samples.at(-1)?.resting === true;
    return { mark, resting, action: cameraOn ? 'camera-off' : null };
  }
}
