import { describe, expect, it } from 'vitest';
import { CHECKS, type Check, type CheckName, type Verdict } from './check.ts';
import { SelfTest } from './self-test.svelte.ts';

const UNFORESEEN = { code: 'failed', text: 'out of order' };
const ifNo = { code: 'speaker-silent', text: 'turn it up' };

const good: Check = () => Promise.resolve({ kind: 'good' });
const giving =
  (verdict: Verdict): Check =>
  () =>
    Promise.resolve(verdict);

const setUp = (changes: Partial<Record<CheckName, Check>> = {}) => {
  const tried: CheckName[] = [];
  const checks = Object.fromEntries(
    CHECKS.map((name) => [
      name,
      () => {
        tried.push(name);
        return (changes[name] ?? good)();
      },
    ]),
  ) as Record<CheckName, Check>;
  const test = new SelfTest(checks, UNFORESEEN);
  return { test, tried, state: (name: CheckName) => test.lines.find((line) => line.name === name)?.state };
};

describe('SelfTest', () => {
  it('runs all checks in order, and says that the phone would ring', async () => {
    const { test, tried } = setUp();
    expect(test.wouldRing).toBeNull();
    await test.run();
    expect(tried).toEqual([...CHECKS]);
    expect(test.wouldRing).toBe(true);
    expect(test.running).toBe(false);
  });

  it('goes on after a failed check, and is good once that check is repeated with success', async () => {
    let plugged = false;
    const { test, tried } = setUp({
      microphone: () =>
        Promise.resolve(
          plugged ? { kind: 'good' } : { kind: 'wrong', code: 'not-found', text: 'plug it in' },
        ),
    });
    await test.run();
    expect(tried).toHaveLength(CHECKS.length);
    expect(test.wouldRing).toBe(false);
    plugged = true;
    await test.again('microphone');
    expect(tried.slice(CHECKS.length)).toEqual(['microphone']);
    expect(test.wouldRing).toBe(true);
  });

  it('waits for the person’s answer where only they can tell', async () => {
    const { test, state } = setUp({ speaker: giving({ kind: 'asks', question: 'Heard it?', ifNo }) });
    await test.run();
    expect(test.wouldRing).toBeNull();
    test.answer('speaker', false);
    expect(state('speaker')).toEqual({ kind: 'wrong', ...ifNo });
    test.answer('speaker', true);
    expect(state('speaker')).toEqual({ kind: 'wrong', ...ifNo });
    await test.again('speaker');
    test.answer('speaker', true);
    expect(test.wouldRing).toBe(true);
  });

  it('counts a check that throws as failed', async () => {
    const { test, state } = setUp({ camera: () => Promise.reject(new Error('out of order')) });
    await test.run();
    expect(state('camera')).toEqual({ kind: 'wrong', ...UNFORESEEN });
  });

  it('reports in codes', async () => {
    const { test } = setUp({
      'ice-servers': giving({ kind: 'unneeded', code: 'none-set', text: 'none' }),
      camera: giving({ kind: 'wrong', code: 'in-use', text: 'close it' }),
    });
    await test.run();
    expect(test.report().split('\n')).toEqual(
      CHECKS.map((name) => {
        if (name === 'camera') return 'camera: wrong, in-use';
        return name === 'ice-servers' ? 'ice-servers: none-set' : `${name}: good`;
      }),
    );
  });
});
