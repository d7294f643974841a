import { randomUUID } from 'node:crypto';
import type { Store } from '../../server/store.ts';
import { endedRecord, ringingRecord } from './call-records.ts';
import { NOW, testAccount } from './contract-people.ts';
import { testFlow } from './test-flow.ts';

/** Words of several scripts, with characters that would break a concatenated statement. */
const TEXTS = [
  'Lunch at the Café?',
  '明天下午开会吗',
  '🎉 it’s "quoted"; drop table messages; --',
  'a\tb\nc',
];

/** Puts something into every table, with every column used. For tests that move a whole installation. */
export const fillStore = async (store: Store): Promise<void> => {
  const [ada, bob, eve, gone] = ['ada', 'bob', 'eve', 'gone'].map(testAccount);
  if (!ada || !bob || !eve || !gone) throw new Error('people');
  for (const each of [ada, bob, gone]) await store.accounts.create(each);
  await store.oidc.createFor(
    { issuer: 'https://id.example.org', subject: '42' },
    { ...eve, passwordHash: null },
  );
  await store.pictures.put(ada.userId, 'a'.repeat(22), {
    type: 'image/png',
    bytes: Uint8Array.of(0, 39, 255),
  });
  await store.profiles.settle(bob.userId, ada.userId, 'freeze', NOW);
  await store.accounts.rename(bob.userId, 'Bob Dylan');
  await store.sessions.create({
    sessionId: randomUUID(),
    userId: ada.userId,
    tokenHash: randomUUID(),
    deviceName: 'Chromium on Linux',
    toldUntil: NOW,
    createdAt: NOW,
    seenAt: NOW + 1,
    expiresAt: NOW + 2,
  });
  await store.knownDevices.remember(ada.userId, 'device', NOW);
  await store.invites.create({
    inviteId: randomUUID(),
    codeHash: randomUUID(),
    uses: 3,
    left: 2,
    createdAt: NOW,
    expiresAt: NOW + 1,
  });
  await store.operator.setDisabled(eve.userId, true);
  for (let i = 0; i < 3; i += 1) {
    await store.operator.recordChange({ kind: 'account-created', userId: ada.userId }, NOW);
  }
  await store.privacy.hideAddress(bob.userId, true);
  await store.oidc.begin(testFlow('h', NOW), NOW - 1);
  await store.oidc.keepCode({ codeHash: 'h', challenge: 'c', userId: eve.userId, expiresAt: NOW });
  await store.presence.choose(ada.userId, { status: 'do-not-disturb', until: NOW + 9, after: 'away' });
  await store.presence.say(ada.userId, { text: '🍜 noodles', textUntil: NOW + 9 });
  await store.presence.showLastSeen(ada.userId, true);
  await store.presence.seen([ada.userId], NOW);
  await store.contacts.add(ada.userId, bob.userId);
  await store.requests.ask(eve.userId, 'ada', NOW);
  await store.requests.ask(gone.userId, 'ada', NOW);
  await store.requests.decline(gone.userId, 'ada');
  await store.requests.withdraw(gone.userId, 'ada', NOW + 1);
  await store.contactCodes.put({ ownerId: ada.userId, codeHash: randomUUID(), expiresAt: NOW, uses: 3 });
  await store.marks.mark(ada.userId, bob.userId, { favourite: true, ringsThrough: true });
  await store.blocks.block(bob.userId, eve.userId);
  await store.calls.save(ringingRecord(ada.userId, bob.userId));
  await store.calls.save({
    ...endedRecord(bob.userId, ada.userId, NOW + 1),
    reason: 'hung-up',
    callee: { sessionId: randomUUID(), instanceId: randomUUID() },
    acceptedAt: NOW + 2,
    connectedAt: NOW + 3,
  });
  await store.calls.save(endedRecord(gone.userId, ada.userId, NOW + 4));
  // More rows than one statement holds.
  for (let i = 0; i < 130; i += 1) {
    const text = `${TEXTS[i % TEXTS.length] ?? ''} ${String(i)}`;
    const withheld = i % 10 === 9;
    await store.messages.add({
      id: randomUUID(),
      from: ada.userId,
      to: bob.userId,
      text,
      withheld,
      now: NOW,
    });
  }
  await store.messages.advance({ reader: bob.userId, sender: ada.userId }, { at: NOW + 1, mark: 'read' });
  await store.sweeps.swept('history', NOW);
  await store.sweeps.hold('messages', { reason: 'most', due: 12, at: NOW });
  await store.sweeps.allow('messages');
  await store.accounts.leaveTombstone(gone.userId, NOW + 9);
};
