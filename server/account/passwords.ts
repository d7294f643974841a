import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { formatPhc, parsePhc, type HashCost, type Phc } from './phc.ts';
import { WorkQueue } from '../work-queue.ts';

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
export const PASSWORD_COST: HashCost = { memory: 19 * 1024, passes: 2, parallelism: 1 };

/** Hashing shares Node's thread pool (four threads) with files and DNS: two leave room for them. */
const LIMITS_OF_HASHING = { running: 2, waiting: 32, waitingOfOne: 16 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;

const deriveInPool = promisify(argon2);

/**
 * Makes and checks password hashes. `asker` is the address or the account that the work is done for: one asker can
 * neither fill the queue nor keep others waiting. The operator's command names none.
 */
export interface Passwords {
  /** @throws Refused `overloaded` */
  hash(password: string, asker?: string): Promise<string>;
  /**
   * Whether the password is the one behind `stored`. Without `stored` (no such account, or one without a
   * password) the same work is done, so that time does not tell.
   * @throws Refused `overloaded`
   */
  verify(password: string, stored: string | null, asker?: string): Promise<boolean>;
  /** How many are worked on, and how many wait. */
  load(): { running: number; waiting: number };
}

/**
 * @param cost lower in tests only.
 * @param derive the work itself, which tests count.
 */
export const createPasswords = (cost: HashCost = PASSWORD_COST, derive = deriveInPool): Passwords => {
  const queue = new WorkQueue(LIMITS_OF_HASHING);
  // One letter may be typed as one or as several code points; both are the same password.
  const compute = (password: string, salt: Buffer, spent: HashCost, asker = ''): Promise<Buffer> =>
    queue.run(asker, () =>
      derive('argon2id', {
        message: password.normalize('NFC'),
        nonce: salt,
        tagLength: HASH_BYTES,
        ...spent,
      }),
    );
  const nobody: Phc = { cost, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) };
  return {
    load: () => queue.load,
    async hash(password, asker) {
      const salt = randomBytes(SALT_BYTES);
      return formatPhc({ cost, salt, hash: await compute(password, salt, cost, asker) });
    },
    async verify(password, stored, asker) {
      const known = stored === null ? null : parsePhc(stored);
      const phc = known ?? nobody;
      const hash = await compute(password, phc.salt, phc.cost, asker);
      return hash.length === phc.hash.length && timingSafeEqual(hash, phc.hash) && known !== null;
    },
  };
};
