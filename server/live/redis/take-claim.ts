import { randomUUID } from 'node:crypto';
import type { RedisLink } from './redis-link.ts';
import { CLAIMED, RELEASE } from './scripts.ts';

/** Times of a claim, in milliseconds. A dead node's claim is free after `lease`. */
export const CLAIM_TIMES = { lease: 4000, renew: 1000 } as const;
export type ClaimTimes = Readonly<Record<keyof typeof CLAIM_TIMES, number>>;

/**
 * The right to do something that one node does for all. The node renews it until it releases the claim or
 * dies.
 */
export interface Claim {
  /**
   * Runs a command in Redis only while this node has the claim: a node that was frozen may have lost it.
   * @returns whether the command ran.
   */
  set(key: string, value: string): Promise<boolean>;
  unlink(keys: readonly string[]): Promise<boolean>;
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** Null: another node has claimed it. @throws Refused `unavailable` */
export const takeClaim = async (
  link: Pick<RedisLink, 'run' | 'script'>,
  key: string,
  { lease, renew }: ClaimTimes = CLAIM_TIMES,
): Promise<Claim | null> => {
  const token = randomUUID();
  if ((await link.run((redis) => redis.set(key, token, 'PX', lease, 'NX'))) === null) return null;
  const whileHeld = async (command: string, keys: readonly string[], args: readonly string[]) =>
    (await link.script(CLAIMED, [key, ...keys], [token, lease, command, ...args])) === 1;
  const isHeld = (): Promise<boolean> => whileHeld('', [], []);
  // Not the app's clock: claims run in real time. After a failed renewal comes the next one.
  const timer = setInterval(() => void isHeld().catch(() => undefined), renew).unref();
  return {
    set: (name, value) => whileHeld('SET', [name], [value]),
    unlink: (names) => whileHeld('UNLINK', names, []),
    isHeld,
    async release() {
      clearInterval(timer);
      await link.script(RELEASE, [key], [token]);
    },
  };
};
