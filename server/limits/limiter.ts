import type { RateName } from './rates.ts';

/** Counts one kind of thing, by key. */
export interface Limiter {
  /**
   * Counts one more, or as many as it costs. Null when it may happen; otherwise whole seconds until the next one may.
   */
  take(key: string, cost?: number): Promise<number | null>;
  /** As {@link take}, and counts nothing. */
  peek(key: string): Promise<number | null>;
  /** Takes one back that turned out harmless. */
  giveBack(key: string): Promise<void>;
  /** Starts anew, as if nothing had been counted. */
  forget(key: string): Promise<void>;
}

/**
 * Where counters are kept, in this process or for many: the one thing that another implementation replaces.
 * One name is one limiter, however many ask for it, and the first `count` holds.
 * `count` stands in for the table's where an operator sets it by itself; no factor multiplies it.
 */
export type CreateLimiter = (name: RateName, count?: number) => Limiter;
