import type { PhoneDeps } from '../../extension/phone/create-phone.ts';
import { TEST_PASSWORD } from '../server/test-people.ts';
import { until } from '../server/until.ts';
import { startHeadlessPhone, type HeadlessPhone, type Kept } from './headless-phone.ts';

/** Waits until the phone is signed in and connected. */
export const isOnline = ({ snapshots }: HeadlessPhone): Promise<void> =>
  until('online', () => {
    const { session } = snapshots.current;
    return session.kind === 'signed-in' && session.connection.kind === 'online';
  });

/** Starts a phone whose owner has just created an account; the display name is the username in capitals. */
export const startNewcomer = async (
  serverUrl: string,
  username: string,
  kept?: Kept,
  parts?: Partial<PhoneDeps>,
): Promise<HeadlessPhone> => {
  const phone = startHeadlessPhone(kept, parts);
  const choice = { serverUrl, insecureConfirmed: false };
  const account = { username, displayName: username.toUpperCase(), password: TEST_PASSWORD };
  const signedUp = await phone.commands['sign-up']({ ...choice, ...account });
  if (!signedUp.ok) throw new Error(signedUp.code);
  await isOnline(phone);
  return phone;
};
