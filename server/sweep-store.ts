/** What is deleted when it has been kept for its time, and would be missed. */
export const SWEPT = ['messages', 'history', 'requests', 'sessions'] as const;
export type Swept = (typeof SWEPT)[number];

/** Why a sweep waits for the operator. */
export type HoldReason = 'jump' | 'most';

/** A sweep that waits. */
export interface Hold {
  readonly reason: HoldReason;
  /** How many it would delete. */
  readonly due: number;
  /** Epoch milliseconds by the clock that may be wrong. */
  readonly at: number;
}

/** How the sweeps of one kind stand. */
export interface SweepState {
  /** When the last one was made, in epoch milliseconds; null: none yet. */
  readonly sweptAt: number | null;
  /** Null: none waits. */
  readonly hold: Hold | null;
  /** The operator lets the one that waits be made. */
  readonly allowed: boolean;
}

/** What servers and their operator know of sweeps, across restarts. */
export interface SweepStore {
  of(what: Swept): Promise<SweepState>;
  /** A sweep was made, or there was nothing to delete: none waits any more. */
  swept(what: Swept, at: number): Promise<void>;
  hold(what: Swept, hold: Hold): Promise<void>;
  /** Lets the one that waits be made. Whether one waits. */
  allow(what: Swept): Promise<boolean>;
  /** How many are older than `time` (epoch milliseconds), and how many are not: the latter counted no further than the former. */
  count(what: Swept, time: number): Promise<{ due: number; kept: number }>;
}
