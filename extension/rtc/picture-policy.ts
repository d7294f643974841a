import type { CallSample } from '../ipc/call-details.ts';

/** How much of the camera's picture is sent. `rest`: nothing, so that the sound has the path to itself. */
export type PictureStep = 'full' | 'medium' | 'low' | 'rest';

/** What the policy remembers between two samples. */
export interface PicturePolicy {
  readonly step: PictureStep;
  /** Samples in a row with too little for this step, and with too little for any picture. */
  readonly tight: number;
  readonly starved: number;
  /** Samples in a row without any sign of trouble. */
  readonly calm: number;
  /** How many calm samples a step up without evidence takes; doubles each time one had to be taken back. */
  readonly calmNeeded: number;
  /** The last step up has not proved itself yet. */
  readonly onTrial: boolean;
  /** Samples for which the estimate is not believed, because it still reflects what was sent before. */
  readonly grace: number;
  /** The usual round trip, in milliseconds: queues make it longer. */
  readonly usualTrip: number | null;
}

/** What decides a step up or down. */
export type PictureEvidence = Pick<CallSample, 'available' | 'lossOut' | 'roundTrip' | 'limitation'>;

const STEPS = ['rest', 'low', 'medium', 'full'] as const satisfies readonly PictureStep[];

/**
 * Bits per second that the whole connection needs for a step: to stay on it,
 * and, with room above it so that it does not swing, to go up to it. Sound with
 * its redundant copy takes up to 90,000 of them.
 */
const STAY = { low: 150_000, medium: 250_000, full: 500_000 } as const;
const CLIMB = { low: Number.POSITIVE_INFINITY, medium: 320_000, full: 700_000 } as const;

/** One sample may mislead, two do not. */
const ENOUGH = 2;
/** Samples, of 2 s each. */
const CALM_NEEDED = { first: 4, most: 16 } as const;
const GRACE = 2;
/** Calm samples after which a step up has proved itself. */
const PROVED = 5;

/** A loss or a queue (milliseconds above the usual round trip) that hurts, whatever the estimate says. */
const TROUBLE = { loss: 0.2, queue: 800 } as const;
/** Up to here nothing speaks against sending more. */
const CALM = { loss: 0.05, queue: 300 } as const;

/** Before the first sample. */
export const FULL_PICTURE: PicturePolicy = {
  step: 'full',
  tight: 0,
  starved: 0,
  calm: 0,
  calmNeeded: CALM_NEEDED.first,
  onTrial: false,
  grace: GRACE,
  usualTrip: null,
};

const above = (step: PictureStep): PictureStep => STEPS[STEPS.indexOf(step) + 1] ?? step;
const below = (step: PictureStep): PictureStep => STEPS[STEPS.indexOf(step) - 1] ?? step;

/** The usual round trip follows a shorter one at once and a longer one slowly: paths change, queues empty. */
const usual = (before: number | null, now: number | null): number | null => {
  if (before === null || now === null) return now ?? before;
  return now < before ? now : before + (now - before) / 16;
};

/** Down to what the estimate affords, at least one step; resting takes more than one sample. */
const stepDown = (step: PictureStep, available: number | null): PictureStep => {
  const next = below(step);
  if (next === 'rest' || next === 'low' || available === null || available >= STAY[next]) return next;
  return 'low';
};

const taken = (policy: PicturePolicy, step: PictureStep): PicturePolicy => ({
  ...policy,
  step,
  tight: 0,
  calm: 0,
  onTrial: false,
  calmNeeded: policy.onTrial ? Math.min(policy.calmNeeded * 2, CALM_NEEDED.most) : policy.calmNeeded,
});

/**
 * The step for the time until the next sample. Pure.
 *
 * ```
 *   full ⇄ medium ⇄ low ⇄ rest
 *    down: too little for the step twice in a row, at once when it is less than half
 *    rest: too little for any picture twice in a row
 *    up:   the estimate has room, or, since it cannot grow beyond what is sent, after some calm; on trial at first
 * ```
 *
 * At rest the estimate says nothing, because next to nothing is sent: the only way to know is to try, at the lowest
 * step, and after each failure less often.
 *
 * @param sending whether there is a picture to be sent at all.
 */
export const nextPicture = (
  policy: PicturePolicy,
  sample: PictureEvidence,
  sending: boolean,
): PicturePolicy => {
  const usualTrip = usual(policy.usualTrip, sample.roundTrip);
  if (!sending) {
    // Somebody who turns the camera on again wants to be seen: it is tried at once.
    const step = policy.step === 'rest' ? 'low' : policy.step;
    return { ...policy, step, tight: 0, starved: 0, calm: 0, grace: GRACE, usualTrip };
  }
  const grace = Math.max(0, policy.grace - 1);
  const available = policy.grace > 0 ? null : sample.available;
  const queue = (sample.roundTrip ?? 0) - (usualTrip ?? 0);
  const loss = sample.lossOut ?? 0;
  const trouble = loss >= TROUBLE.loss || queue >= TROUBLE.queue;
  const lacks = (bits: number): boolean => available !== null && available < bits;

  const { step } = policy;
  const starved = step !== 'rest' && (trouble || lacks(STAY.low)) ? policy.starved + 1 : 0;
  const tight = step !== 'rest' && (trouble || lacks(STAY[step])) ? policy.tight + 1 : 0;
  const calm = tight === 0 && loss <= CALM.loss && queue <= CALM.queue ? policy.calm + 1 : 0;
  const proved = step !== 'rest' && calm >= PROVED;
  const now: PicturePolicy = {
    ...policy,
    tight,
    starved,
    calm,
    grace,
    usualTrip,
    onTrial: policy.onTrial && !proved,
    calmNeeded: proved && policy.onTrial ? CALM_NEEDED.first : policy.calmNeeded,
  };

  if (starved >= ENOUGH) return { ...taken(now, 'rest'), starved: 0 };
  if (step !== 'rest' && step !== 'low' && (tight >= ENOUGH || lacks(STAY[step] / 2)))
    return taken(now, stepDown(step, available));
  if (step === 'full' || sample.limitation === 'cpu') return now;
  const next = above(step);
  const room = calm >= ENOUGH && next !== 'rest' && available !== null && available >= CLIMB[next];
  if (!room && calm < now.calmNeeded) return now;
  return { ...now, step: next, calm: 0, grace: GRACE, onTrial: true };
};
