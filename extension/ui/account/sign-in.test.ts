import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandResult } from '../../ipc/protocol.ts';
import type { Session } from '../../ipc/snapshot.ts';
import { readKept } from '../../host/kept-entries.ts';
import { SignIn } from './sign-in.svelte.ts';

const stored = new Map<string, string>();
const storage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
};

beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', storage);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const signedOut: Session = { kind: 'signed-out', serverUrl: null, username: null, problem: null };

const setUp = (
  answers: (CommandResult | Error)[],
  { session = signedOut, allowed = true }: { session?: Session; allowed?: boolean } = {},
) => {
  const asked: [string, unknown][] = [];
  const askPhone = (name: string, payload: unknown): Promise<unknown> => {
    asked.push([name, payload]);
    const answer = answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  // Replaces every command: it records the requests and gives prepared answers.
  const signIn = new SignIn({
    askPhone: askPhone as never,
    requestIdentity: () => Promise.resolve(allowed),
    session,
  });
  return { signIn, asked };
};

describe('SignIn', () => {
  it('keeps the typed text after a refusal', async () => {
    const { signIn } = setUp([{ ok: false, code: 'wrong-credentials' }]);
    signIn.serverUrl = 'https://calls.example.com';
    signIn.username = 'ada';
    signIn.password = 'wrong password';
    expect(await signIn.submit()).toBe(false);
    expect(signIn.problem).toBe('wrong-credentials');
    expect(signIn.serverUrl).toBe('https://calls.example.com');
    expect(signIn.password).toBe('wrong password');
    expect(signIn.busy).toBe(false);
  });

  it('keeps the typed text for the next time the form opens, but never the password', () => {
    const { signIn } = setUp([]);
    signIn.serverUrl = 'https://calls.example.com';
    signIn.username = 'ada';
    signIn.password = 'correct horse';
    signIn.keep();
    expect([...stored.values()]).not.toContain('correct horse');
    const again = setUp([]).signIn;
    expect(again.serverUrl).toBe('https://calls.example.com');
    expect(again.username).toBe('ada');
    expect(again.password).toBe('');
  });

  it('takes the address of a link to an invite, and puts the code where it belongs', async () => {
    const server = { product: 'quick-call', registration: 'invite', provider: null };
    const found = { ok: true, serverUrl: 'https://calls.example.com/call', server } as CommandResult;
    const { signIn, asked } = setUp([found, found]);
    signIn.serverUrl = 'Join: <https://calls.example.com/call/?invite=k7qm2xpd9fht4wcb>.';
    expect(await signIn.checkServer()).toBe(true);
    expect(asked[0]?.[1]).toMatchObject({ serverUrl: 'https://calls.example.com/call' });
    expect(signIn.serverUrl).toBe('https://calls.example.com/call');
    expect(signIn.inviteCode).toBe('K7QM-2XPD-9FHT-4WCB');
    expect(signIn.kind).toBe('new');
    signIn.serverUrl = 'https://calls.example.com/invite/ABCD-EFGH-JKMN-PQRS-TVWX';
    expect(await signIn.checkServer()).toBe(true);
    expect(signIn.inviteCode).toBe('K7QM-2XPD-9FHT-4WCB');
    expect(readKept('invited')).toBe('ABCD-EFGH-JKMN-PQRS-TVWX');
  });

  it('says where a code belongs, and asks nobody about one of the other kind', async () => {
    const { signIn, asked } = setUp([{ ok: false, code: 'invite-needed' }]);
    signIn.serverUrl = 'K7QM-2XPD-9FHT-4WCB';
    expect(await signIn.checkServer()).toBe(false);
    expect(signIn.problem).toBe('invite-without-address');
    expect([signIn.serverUrl, signIn.inviteCode]).toEqual(['', 'K7QM-2XPD-9FHT-4WCB']);
    expect(asked).toEqual([]);
    signIn.serverUrl = 'https://calls.example.com';
    signIn.kind = 'new';
    await signIn.submit();
    signIn.inviteCode = 'https://calls.example.com/invite/ABCD-EFGH-JKMN-PQRS-TVWX';
    expect(await signIn.submit()).toBe(false);
    expect(signIn.problem).toBe('contact-invite');
    expect(asked).toHaveLength(1);
  });

  it('asks for confirmation of an address without TLS, for that address only', async () => {
    const { signIn, asked } = setUp([{ ok: false, code: 'insecure-address' }, { ok: true }]);
    signIn.serverUrl = 'http://192.168.1.5:3000';
    await signIn.submit();
    expect(signIn.insecure).toBe(true);
    expect(signIn.problem).toBeNull();
    signIn.insecureConfirmed = true;
    expect(await signIn.submit()).toBe(true);
    expect(asked.at(-1)?.[1]).toMatchObject({ insecureConfirmed: true });
    signIn.serverUrl = 'http://192.168.1.6:3000';
    expect(signIn.insecureConfirmed).toBe(false);
    expect(signIn.insecure).toBe(false);
  });

  it('creates an account with a display name', async () => {
    const { signIn, asked } = setUp([{ ok: true }]);
    Object.assign(signIn, { kind: 'new', username: 'ada', displayName: 'Ada', password: 'correct horse' });
    await signIn.submit();
    expect(asked).toEqual([['sign-up', expect.objectContaining({ username: 'ada', displayName: 'Ada' })]]);
  });

  it('asks for an invite code if the server requires one, and finds it in a link', async () => {
    const { signIn, asked } = setUp([{ ok: false, code: 'invite-needed' }, { ok: true }]);
    Object.assign(signIn, { kind: 'new', username: 'ada', displayName: 'Ada', password: 'correct horse' });
    expect(signIn.needsInvite).toBe(false);
    expect(await signIn.submit()).toBe(false);
    expect(asked.at(-1)?.[1]).not.toHaveProperty('inviteCode');
    expect(signIn.needsInvite).toBe(true);
    signIn.inviteCode = 'https://calls.example.org/?invite=K7QM-2XPD-9FHT-4WCB';
    expect(await signIn.submit()).toBe(true);
    expect(asked.at(-1)?.[1]).toMatchObject({ inviteCode: 'K7QM-2XPD-9FHT-4WCB' });
    signIn.kind = 'existing';
    expect(signIn.needsInvite).toBe(false);
    Object.assign(signIn, { kind: 'new', serverUrl: 'https://other.example.org' });
    expect(signIn.needsInvite).toBe(false);
  });

  it('learns from the server that accounts need an invite', async () => {
    const { signIn } = setUp([
      { ok: true, serverUrl: '', server: { registration: 'invite' } } as CommandResult,
    ]);
    await signIn.checkServer();
    signIn.kind = 'new';
    expect(signIn.needsInvite).toBe(true);
  });

  it('offers a new account on an open server, and signing in on a closed one', async () => {
    const server = (registration: string) => ({ ok: true, serverUrl: '', server: { registration } }) as const;
    const { signIn } = setUp([server('open'), server('closed')]);
    expect(await signIn.checkServer()).toBe(true);
    expect(signIn.kind).toBe('new');
    await signIn.checkServer();
    expect(signIn.kind).toBe('existing');
  });

  it('signs in with the provider of the server that was checked', async () => {
    const server = { registration: 'closed', provider: { name: 'Example' } };
    const { signIn, asked } = setUp([{ ok: true, serverUrl: '', server } as CommandResult, { ok: true }]);
    signIn.serverUrl = 'https://calls.example.com';
    expect(signIn.provider).toBeNull();
    await signIn.checkServer();
    expect(signIn.provider).toEqual({ name: 'Example' });
    expect(await signIn.submitAtProvider()).toBe(true);
    expect(asked.at(-1)).toEqual([
      'sign-in-at-provider',
      expect.objectContaining({ serverUrl: signIn.serverUrl }),
    ]);
    signIn.serverUrl = 'https://other.example.com';
    expect(signIn.provider).toBeNull();
  });

  it.each(['invite-needed', 'invite-invalid'] as const)(
    'asks somebody new at the provider for an invite code after %s, and sends it along',
    async (code) => {
      const { signIn, asked } = setUp([{ ok: false, code }, { ok: true }]);
      signIn.serverUrl = 'https://calls.example.com';
      expect(signIn.needsInvite).toBe(false);
      expect(await signIn.submitAtProvider()).toBe(false);
      expect(asked.at(-1)?.[1]).not.toHaveProperty('inviteCode');
      expect(signIn.problem).toBe(code);
      expect([signIn.kind, signIn.needsInvite]).toEqual(['existing', true]);
      signIn.inviteCode = 'https://calls.example.com/?invite=K7QM-2XPD-9FHT-4WCB';
      expect(await signIn.submitAtProvider()).toBe(true);
      expect(asked.at(-1)?.[1]).toMatchObject({ inviteCode: 'K7QM-2XPD-9FHT-4WCB' });
    },
  );

  it('sends the typed invite code with a provider’s sign-in, and only to a server that requires invites', async () => {
    const info = (registration: string) =>
      ({ ok: true, serverUrl: '', server: { registration, provider: { name: 'Example' } } }) as CommandResult;
    const { signIn, asked } = setUp([info('invite'), { ok: true }, info('open'), { ok: true }]);
    await signIn.checkServer();
    signIn.inviteCode = 'K7QM-2XPD-9FHT-4WCB';
    await signIn.submitAtProvider();
    expect(asked.at(-1)?.[1]).toMatchObject({ inviteCode: 'K7QM-2XPD-9FHT-4WCB' });
    signIn.serverUrl = 'https://other.example.com';
    await signIn.checkServer();
    signIn.inviteCode = 'K7QM-2XPD-9FHT-4WCB';
    await signIn.submitAtProvider();
    expect(asked.at(-1)?.[1]).not.toHaveProperty('inviteCode');
  });

  it('signs in with a password as before if the provider’s users need a code', async () => {
    const { signIn, asked } = setUp([{ ok: false, code: 'invite-needed' }, { ok: true }]);
    await signIn.submitAtProvider();
    Object.assign(signIn, { username: 'ada', password: 'correct horse' });
    expect(await signIn.submit()).toBe(true);
    expect(asked.at(-1)?.[0]).toBe('sign-in');
    expect(asked.at(-1)?.[1]).not.toHaveProperty('inviteCode');
  });

  it('opens no provider without the permission for its window', async () => {
    const { signIn, asked } = setUp([], { allowed: false });
    expect(await signIn.submitAtProvider()).toBe(false);
    expect(signIn.problem).toBe('provider-closed');
    expect(asked).toEqual([]);
  });

  it('deletes the password and the draft after signing in', async () => {
    const { signIn } = setUp([{ ok: true }]);
    signIn.username = 'ada';
    signIn.password = 'correct horse';
    signIn.keep();
    await signIn.submit();
    expect(signIn.password).toBe('');
    expect(stored.size).toBe(0);
  });

  it('offers the account that was signed in before, and says why it no longer is', () => {
    const { signIn } = setUp([], {
      session: { ...signedOut, username: 'ada', problem: 'unauthorized' },
    });
    expect(signIn.username).toBe('ada');
    expect(signIn.problem).toBe('unauthorized');
  });

  it('says so when the phone does not answer', async () => {
    const { signIn } = setUp([new Error('gone')]);
    expect(await signIn.submit()).toBe(false);
    expect(signIn.problem).toBe('phone-silent');
  });
});
