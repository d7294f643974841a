import { expect, it } from 'vitest';
import type { Session } from '../../ipc/snapshot.ts';
import { WelcomeFlow } from './welcome-flow.svelte.ts';

const signedOut: Session = { kind: 'signed-out', serverUrl: null, username: null, problem: null };
const signedIn: Session = {
  kind: 'signed-in',
  serverUrl: 'https://calls.example.com',
  account: { userId: 'user-1', username: 'ada', displayName: 'Ada' },
  presence: { status: 'available', until: null, text: null, lastSeenShown: false },
  connection: { kind: 'online' },
};

it('goes from the server to the account, the devices and the end', () => {
  let session: Session = { kind: 'starting' };
  const flow = new WelcomeFlow(() => session);
  expect(flow.step).toBeNull();
  session = signedOut;
  expect(flow.step).toBe('server');
  flow.serverFound(true);
  expect(flow.step).toBe('account');
  session = signedIn;
  expect(flow.step).toBe('devices');
  flow.devicesDone(true);
  expect(flow.step).toBe('done');
});

it('does not ask for the server when somebody is signed in', () => {
  expect(new WelcomeFlow(() => signedIn).step).toBe('devices');
});
