import { describe, expect, it } from 'vitest';
import { CHEAP_PASSWORDS } from '../testing/start-test-server.ts';
import { createPasswords, PASSWORD_COST } from './passwords.ts';
import { formatPhc, parsePhc } from './phc.ts';

const passwords = createPasswords(CHEAP_PASSWORDS);

describe('passwords', () => {
  it('costs what is recommended for argon2id: 19 MiB, two passes', () => {
    expect(PASSWORD_COST).toEqual({ memory: 19_456, passes: 2, parallelism: 1 });
  });

  it('knows the right one from a wrong one', async () => {
    const stored = await passwords.hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await passwords.verify('correct horse', stored)).toBe(true);
    expect(await passwords.verify('correct horsf', stored)).toBe(false);
    expect(await passwords.hash('correct horse')).not.toBe(stored);
  });

  it('takes one letter for the same however it is typed', async () => {
    const stored = await passwords.hash('cafe\u0301 au lait');
    expect(await passwords.verify('caf\u00e9 au lait', stored)).toBe(true);
  });

  it('checks a hash by the cost it was made with', async () => {
    const dearer = createPasswords({ memory: 128, passes: 2, parallelism: 1 });
    expect(await passwords.verify('correct horse', await dearer.hash('correct horse'))).toBe(true);
  });

  it('works as hard for nobody as for somebody, and never finds nobody right', async () => {
    const real = createPasswords({ memory: 8192, passes: 2, parallelism: 1 });
    const stored = await real.hash('correct horse');
    const time = async (hash: string | null): Promise<number> => {
      const start = performance.now();
      for (let i = 0; i < 5; i += 1) expect(await real.verify('wrong', hash)).toBe(false);
      return performance.now() - start;
    };
    await time(stored);
    const [somebody, nobody] = [await time(stored), await time(null)];
    // Wide, for a busy machine; doing no work at all would be a hundredth.
    expect(nobody / somebody).toBeGreaterThan(0.3);
    expect(nobody / somebody).toBeLessThan(3);
  });

  it('does not take what is no hash for one', async () => {
    for (const stored of [
      '',
      'correct horse',
      '$argon2i$v=19$m=64,t=1,p=1$YQ$YQ',
      '$argon2id$v=19$m=64,t=1,p=1$$',
    ]) {
      expect(parsePhc(stored)).toBeNull();
      expect(await passwords.verify('correct horse', stored)).toBe(false);
    }
  });

  it('writes and reads the PHC format', () => {
    const phc = { cost: PASSWORD_COST, salt: Buffer.alloc(16, 7), hash: Buffer.alloc(32, 9) };
    expect(parsePhc(formatPhc(phc))).toEqual(phc);
  });
});
