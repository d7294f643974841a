import { figure } from '../support/figure.ts';
import { connect, expectSound } from '../support/in-call.ts';
import { expect, test } from '../support/test.ts';
import { openThreeMachines } from '../support/three-machines.ts';

test('the two cannot reach each other any more: given up, and one click calls again', async ({ closing }) => {
  const { network, caller, callee } = closing(await openThreeMachines('Nina', 'Oscar'));
  const [nina, oscar] = [caller.person, callee.person];
  await connect(nina, oscar, 'audio');
  const fault = network.drop(caller.host, callee.host);
  const start = Date.now();
  expect(await Promise.all([nina.ended(45_000), oscar.ended(45_000)])).toEqual([
    'connection-lost',
    'connection-lost',
  ]);
  const took = Date.now() - start;
  figure('given up without a direct path', `${String(took)} ms`);
  // Two seconds until it is noticed, and thirty.
  expect(took).toBeGreaterThan(29_000);
  expect(took).toBeLessThan(36_000);
  await Promise.all([nina.released(), oscar.released()]);
  fault.heal();
  await nina.popup.getByRole('button', { name: 'Call again' }).click();
  await oscar.accept();
  await Promise.all([nina.connected(), oscar.connected()]);
  await expectSound(oscar);
});
