import { afterEach, describe, expect, it } from 'vitest';
import { problemSchema } from '../../protocol/errors.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { createPasswords, type Passwords } from './passwords.ts';

let server: TestServer;
afterEach(() => server.stop());

const trySignIn = async (username: string): Promise<{ answer: unknown; took: number }> => {
  const start = performance.now();
  const response = await fetch(`${server.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'wrong password', deviceSecret: 'A'.repeat(43) }),
  });
  const answer = [response.status, problemSchema.parse(await response.json())];
  return { answer, took: performance.now() - start };
};

/** How likely one of `a` is above one of `b`, 0.5 when they cannot be told apart (Mann–Whitney). */
const chanceAbove = (a: readonly number[], b: readonly number[]): number => {
  const wins = a.flatMap((x) => b.map((y): number => (x > y ? 1 : x < y ? 0 : 0.5)));
  return wins.reduce((sum, win) => sum + win, 0) / wins.length;
};

describe('signing in as somebody who may not exist', () => {
  it('hashes as often, and is answered with the same words', async () => {
    let runs = 0;
    server = await startTestServer({
      deps: (deps) => {
        const passwords: Passwords = {
          ...deps.passwords,
          verify: (password, stored) => {
            runs += 1;
            return deps.passwords.verify(password, stored);
          },
        };
        return { ...deps, passwords };
      },
    });
    await server.signUp('ada');
    const answers = [];
    for (const username of ['ada', 'nobody']) {
      runs = 0;
      answers.push((await trySignIn(username)).answer);
      expect([username, runs]).toEqual([username, 1]);
    }
    expect(answers).toEqual([answers[0], answers[0]]);
  });

  it('takes a time that does not tell', async () => {
    const passwords = createPasswords({ memory: 4096, passes: 2, parallelism: 1 });
    server = await startTestServer({ deps: (deps) => ({ ...deps, passwords }) });
    await server.signUp('ada');
    const took: Record<'ada' | 'nobody', number[]> = { ada: [], nobody: [] };
    // Taken in turns, so that whatever else the machine does falls on both.
    for (let i = 0; i < 120; i += 1) {
      for (const name of i % 2 ? (['ada', 'nobody'] as const) : (['nobody', 'ada'] as const)) {
        took[name].push((await trySignIn(name)).took);
      }
    }
    // Without the work for nobody this is 1. The standard error of two samples of 120 is 0.04.
    expect(chanceAbove(took.ada, took.nobody)).toBeGreaterThan(0.3);
    expect(chanceAbove(took.ada, took.nobody)).toBeLessThan(0.7);
  });
});
