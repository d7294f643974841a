import { randomUUID } from 'node:crypto';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { createTestPeople } from '../../testkit/server/test-people.ts';

/**
 * Places a call through the server or proxy at an address: requests, the upgrade to websocket, events in both
 * directions. @throws Error when something does not get through
 */
export const callThrough = async (url: string): Promise<void> => {
  const people = createTestPeople(url);
  try {
    const tag = randomUUID().slice(0, 8);
    const [ada, bob] = [await people.signUp(`ada-${tag}`), await people.signUp(`bob-${tag}`)];
    const [from, to] = [await people.phone(ada), await people.phone(bob)];
    const callId = randomUUID();
    const invite = { callId, to: bob.account.userId, media: 'audio', offer: testSdp('offer') } as const;
    const ack = await from.request('call:invite', invite);
    if (!ack.ok) throw new Error(`call:invite was refused: ${ack.code}`);
    await to.next('call:incoming', (incoming) => incoming.callId === callId);
    await to.request('call:end', { callId });
    await from.next('call:state', ({ state }) => state === 'ended');
  } finally {
    people.close();
  }
};
