import { expect, it } from 'vitest';
import type { UserId } from '../../protocol/ids.ts';
import type { Store } from '../../server/store.ts';

/** What every implementation does with devices that accounts know. */
export const describeKnownDevices = (open: () => { store: Store; ada: UserId; bob: UserId }): void => {
  it('knows a device for the account that it signed in to, until it is forgotten', async () => {
    const { store, ada, bob } = open();
    const { knownDevices } = store;
    await knownDevices.remember(ada, 'one', 1);
    await knownDevices.remember(ada, 'one', 2);
    await knownDevices.remember(bob, 'two', 3);
    expect(await knownDevices.knows(ada, 'one')).toBe(true);
    expect(await knownDevices.knows(ada, 'two')).toBe(false);
    expect(await knownDevices.knows(bob, 'one')).toBe(false);
    await knownDevices.forget(ada);
    expect(await knownDevices.knows(ada, 'one')).toBe(false);
    expect(await knownDevices.knows(bob, 'two')).toBe(true);
  });

  it('knows the twenty devices of an account that were used last', async () => {
    const { store, ada, bob } = open();
    const { knownDevices } = store;
    await knownDevices.remember(bob, 'other', 0);
    for (let i = 0; i < 20; i += 1) await knownDevices.remember(ada, `device ${String(i)}`, i);
    await knownDevices.remember(ada, 'device 0', 20);
    await knownDevices.remember(ada, 'device 20', 21);
    const known = [];
    for (let i = 0; i <= 20; i += 1) known.push(await knownDevices.knows(ada, `device ${String(i)}`));
    expect(known).toEqual(known.map((_, i) => i !== 1));
    expect(await knownDevices.knows(bob, 'other')).toBe(true);
  });
};
