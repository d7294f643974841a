import { argon2 } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CHEAP_PASSWORDS } from '../../testkit/server/start-test-server.ts';
import { createPasswords, PASSWORD_COST } from './passwords.ts';
import { formatPhc, parsePhc } from './phc.ts';

const derive = promisify(argon2);
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

  it('does the same work for nobody as for somebody, and never finds nobody right', async () => {
    const work: object[] = [];
    const counted = createPasswords(
      CHEAP_PASSWORDS,
      (algorithm, { memory, passes, parallelism, tagLength }) => {
        work.push({ algorithm, memory, passes, parallelism, tagLength });
        return derive(algorithm, {
          memory,
          passes,
          parallelism,
          tagLength,
          message: '',
          nonce: 'eight or more',
        });
      },
    );
    const stored = await passwords.hash('correct horse');
    expect(await counted.verify('wrong', stored)).toBe(false);
    const forSomebody = work.splice(0);
    expect(await counted.verify('wrong', null)).toBe(false);
    expect(forSomebody).toHaveLength(1);
    expect(work).toEqual(forSomebody);
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
