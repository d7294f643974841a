import type { CallSample, PictureSample } from '../ipc/call-details.ts';
import type { Inbound, Outbound, Reading } from './reading.ts';

/** A counter's growth; one that starts anew (a codec that changed, another transport) has not grown. */
const growth = (before: number | undefined, now: number | undefined): number =>
  Math.max(0, (now ?? 0) - (before ?? 0));

const share = (part: number, whole: number): number | null => (whole > 0 ? Math.min(1, part / whole) : null);

const milliseconds = (seconds: number | null): number | null =>
  seconds === null ? null : Math.round(seconds * 1_000);

type Side = 'soundIn' | 'pictureIn';
type OutSide = 'soundOut' | 'pictureOut';

const lossIn = (before: Reading, now: Reading): number | null => {
  const both = (['soundIn', 'pictureIn'] satisfies Side[]).map((side) => ({
    lost: growth(before[side]?.lost, now[side]?.lost),
    came: growth(before[side]?.packets, now[side]?.packets),
  }));
  const lost = both.reduce((sum, each) => sum + each.lost, 0);
  return share(lost, lost + both.reduce((sum, each) => sum + each.came, 0));
};

/**
 * The worse of the sources that still send; one that rests does not count, because the last report on it stays as
 * it was.
 */
const lossOut = (before: Reading, now: Reading): number | null => {
  const reported = (['soundOut', 'pictureOut'] satisfies OutSide[]).flatMap((side) => {
    const fraction = now[side]?.fractionLost ?? null;
    return fraction !== null && growth(before[side]?.packets, now[side]?.packets) > 0 ? [fraction] : [];
  });
  return reported.length === 0 ? null : Math.max(...reported);
};

const picture = (before: Inbound | Outbound | null, now: Inbound | Outbound | null): PictureSample | null => {
  if (!now || now.width === 0 || growth(before?.packets, now.packets) === 0) return null;
  const { codec, width, height, framesPerSecond } = now;
  return { codec, width, height, framesPerSecond };
};

/** What happened between two readings of one connection. */
export const deriveSample = (before: Reading, now: Reading): Omit<CallSample, 'resting'> => {
  const seconds = (now.at - before.at) / 1_000;
  const rate = (bytes: number): number => (seconds > 0 ? Math.round((bytes * 8) / seconds) : 0);
  return {
    at: Math.round(now.at),
    path: now.path,
    roundTrip: milliseconds(now.roundTrip),
    available: now.available,
    bitrateIn: rate(growth(before.bytesIn, now.bytesIn)),
    bitrateOut: rate(growth(before.bytesOut, now.bytesOut)),
    lossIn: lossIn(before, now),
    lossOut: lossOut(before, now),
    jitter: milliseconds(now.soundIn?.jitter ?? null),
    concealed: share(
      growth(before.soundIn?.concealed, now.soundIn?.concealed),
      growth(before.soundIn?.samples, now.soundIn?.samples),
    ),
    soundIn: now.soundIn?.codec ?? null,
    soundOut: now.soundOut?.codec ?? null,
    pictureIn: picture(before.pictureIn, now.pictureIn),
    pictureOut: picture(before.pictureOut, now.pictureOut),
    freezes: growth(before.pictureIn?.freezes, now.pictureIn?.freezes),
    limitation: now.pictureOut?.limitation ?? null,
  };
};
