import { expect, it } from 'vitest';
import type { OidcFlow } from '../../server/account/oidc-store.ts';
import { NOW, testAccount, type Populated } from './contract-people.ts';
import { testFlow } from './test-flow.ts';

/** What every implementation does with sign-ins by a provider. */
export const describeOidc = (open: () => Populated): void => {
  it('creates one account for a person whom a provider knows', async () => {
    const { store } = open();
    const identity = { issuer: 'https://id.example.org', subject: '1' };
    const eve = { ...testAccount('eve'), passwordHash: null };
    expect(await store.oidc.userOf(identity)).toBeNull();
    expect(await store.oidc.createFor(identity, { ...eve, username: 'ada' })).toBe(false);
    expect(await store.oidc.userOf(identity)).toBeNull();
    expect(await store.oidc.createFor(identity, eve)).toBe(true);
    expect(await store.oidc.createFor(identity, testAccount('other'))).toBe(false);
    expect(await store.accounts.byUsername('other')).toBeNull();
    expect(await store.oidc.userOf(identity)).toBe(eve.userId);
    expect(await store.accounts.byId(eve.userId)).toEqual(eve);
    expect(await store.oidc.userOf({ ...identity, issuer: 'https://other.example.org' })).toBeNull();
  });

  it('follows the provider’s name while the account still has the provider’s earlier name', async () => {
    const { store } = open();
    const identity = { issuer: 'https://id.example.org', subject: '9' };
    const eve = { ...testAccount('eve'), displayName: 'Eve' };
    expect(await store.oidc.followName(identity, 'Eva', [])).toBeNull();
    await store.oidc.createFor(identity, eve);
    expect(await store.oidc.followName(identity, 'Eve', [])).toBeNull();
    expect(await store.oidc.followName(identity, 'Eva', [])).toMatchObject({ displayName: 'Eva' });
    await store.accounts.rename(eve.userId, 'Evelyn');
    expect(await store.oidc.followName(identity, 'Yves', ['Evelyn'])).toBeNull();
    expect((await store.accounts.byId(eve.userId))?.displayName).toBe('Evelyn');
  });

  it('hands out a provider sign-in once, and not after it has expired', async () => {
    const { store, ada } = open();
    const flow = (stateHash: string): OidcFlow => testFlow(stateHash, NOW + 10);
    const code = { codeHash: 'code', challenge: 'c', userId: ada.userId, expiresAt: NOW + 10 };
    await store.oidc.begin(flow('one'), NOW);
    await store.oidc.begin(flow('two'), NOW);
    await store.oidc.keepCode(code);
    expect(await store.oidc.takeFlow('one', NOW + 9)).toEqual(flow('one'));
    expect(await store.oidc.takeFlow('one', NOW + 9)).toBeNull();
    expect(await store.oidc.takeFlow('two', NOW + 10)).toBeNull();
    expect(await store.oidc.takeCode('code', NOW + 9)).toEqual(code);
    expect(await store.oidc.takeCode('code', NOW + 9)).toBeNull();
  });

  it('forgets the identity that somebody has at a provider', async () => {
    const { store, ada } = open();
    const eve = testAccount('eve');
    const identity = { issuer: 'https://id.example.org', subject: '42' };
    const code = { codeHash: 'code', challenge: 'c', userId: eve.userId, expiresAt: NOW + 10 };
    await store.oidc.createFor(identity, eve);
    await store.oidc.keepCode(code);
    await store.oidc.forget(ada.userId);
    expect(await store.oidc.userOf(identity)).toBe(eve.userId);
    await store.oidc.forget(eve.userId);
    expect(await store.oidc.userOf(identity)).toBeNull();
    expect(await store.oidc.takeCode('code', NOW)).toBeNull();
  });

  it('creates one account when a provider sends the same person twice at once', async () => {
    const { store } = open();
    const identity = { issuer: 'https://id.example.org', subject: '7' };
    const wishes = ['eve', 'eva', 'yves'].map((name) => store.oidc.createFor(identity, testAccount(name)));
    expect((await Promise.all(wishes)).filter(Boolean)).toHaveLength(1);
    expect(await store.accounts.count()).toBe(3);
  });
};
