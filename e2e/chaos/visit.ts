import type { Person } from '../../protocol/presence/presence.ts';
import type { Balancer } from '../../testkit/server/balancer.ts';
import { ChaosPhone } from './chaos-phone.ts';
import type { Crowd } from './crowd.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';

/** How long each of the steps took, in milliseconds; null if it failed. */
export interface Visit {
  readonly signIn: number | null;
  readonly history: number | null;
}

/** Somebody signs in on a new device, looks at their history, and is gone again. */
export const visit = async (
  scene: { crowd: Crowd; balancer: Balancer; journal: Journal; random: Random },
  person: Person,
): Promise<Visit> => {
  const start = performance.now();
  const who = await scene.crowd.signIn(person);
  if (!who) return { signIn: null, history: null };
  const signIn = performance.now() - start;
  const way = await scene.balancer.way();
  const { journal, random } = scene;
  const phone = new ChaosPhone({
    name: `${person.username}/visit`,
    who,
    way,
    air: scene.crowd.air,
    journal,
    random,
  });
  const read = await phone.readHistory();
  const history = read ? performance.now() - start - signIn : null;
  phone.crash();
  way.close();
  return { signIn, history };
};
