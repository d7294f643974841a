import { connect } from '../e2e/support/in-call.ts';
import { longestGap, soundBack } from '../e2e/support/sound-probe.ts';
import { openThreeMachines } from '../e2e/support/three-machines.ts';
import { until } from '../e2e/support/until.ts';

/** Gaps in the sound in milliseconds, always the longer one of the two sides. */
export interface RestartGaps {
  /** A second address appears while the first one works: ICE restarts although no path was lost. */
  added: number[];
  /** The address disappears, and another appears seconds later. The gap counts from the second address on. */
  replaced: number[];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Measures one call in which the caller's address changes again and again. Linux and root only. */
export const restartGaps = async (rounds: number): Promise<RestartGaps> => {
  const machines = await openThreeMachines('Nina', 'Oscar');
  const { caller, callee } = machines;
  const people = [caller.person, callee.person];
  const gaps: RestartGaps = { added: [], replaced: [] };
  await connect(caller.person, callee.person, 'audio');
  const up = (): Promise<unknown> => Promise.all(people.map((person) => person.connected()));
  for (let round = 0; round < rounds; round++) {
    const added = Date.now();
    caller.host.gainAddress();
    await pause(3_000);
    gaps.added.push(Math.max(...(await Promise.all(people.map(({ phone }) => longestGap(phone, added))))));
    await up();
    caller.host.loseAddress();
    await until(async () => (await callee.person.snapshot()).call?.phase.kind === 'reconnecting', {
      what: 'the call to be reconnecting',
    });
    // Chromium keeps a path that it lost less than five seconds ago.
    await pause(4_000);
    const replaced = Date.now();
    caller.host.gainAddress();
    gaps.replaced.push(
      Math.max(...(await Promise.all(people.map(({ phone }) => soundBack(phone, replaced))))),
    );
    await up();
    await pause(2_000);
  }
  await machines.close();
  return gaps;
};
