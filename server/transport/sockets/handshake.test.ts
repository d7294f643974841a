import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeToken } from '../../account/tokens.ts';
import { checkHandshake } from './handshake.ts';

const identity = { userId: randomUUID(), sessionId: randomUUID() };
const deps = {
  accounts: { authenticate: () => Promise.resolve({ ...identity, signedInAt: 0 }) },
  floods: { admit: () => Promise.resolve() },
  isDraining: () => false,
};
const auth = { protocol: 2, token: makeToken(), instanceId: randomUUID() };

describe('checkHandshake', () => {
  it('tells an older phone from a newer one before it reads the rest', async () => {
    const shapedOtherwise = { protocol: 2, key: 'k' };
    await expect(checkHandshake(shapedOtherwise, deps, 3)).rejects.toMatchObject({ code: 'version-too-old' });
    await expect(checkHandshake(shapedOtherwise, deps, 1)).rejects.toMatchObject({ code: 'version-too-new' });
    await expect(checkHandshake(shapedOtherwise, deps, 2)).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('tells who the phone is, and the call that it holds', async () => {
    const callId = randomUUID();
    const { phone, held, idle } = await checkHandshake({ ...auth, callId }, deps, 2);
    expect(phone).toEqual({ ...identity, instanceId: auth.instanceId });
    expect(held).toBe(callId);
    expect(idle).toBe(false);
    expect((await checkHandshake({ ...auth, idle: true }, deps, 2)).idle).toBe(true);
  });

  it('refuses phones as unavailable while the server stops', async () => {
    const draining = { ...deps, isDraining: () => true };
    await expect(checkHandshake(auth, draining, 2)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
