import { describe, expect, it } from 'vitest';
import type { IncomingView } from '../../ipc/snapshot.ts';
import { PhoneView } from './phone-view.svelte.ts';
import { callView } from '../../../testkit/ui/call-view.ts';
import { contact } from '../../../testkit/ui/contact.ts';

const incoming = (callId: string): IncomingView => ({
  callId,
  from: contact('Omar'),
  media: 'audio',
  since: 0,
});

describe('PhoneView', () => {
  it('knows nothing before the first snapshot', () => {
    const phone = new PhoneView('popup');
    expect(phone.snapshot.session.kind).toBe('starting');
    expect(phone.snapshot.call).toBeNull();
    expect(phone.heard).toBe(false);
  });

  it('replaces the slices that arrive and keeps the others', () => {
    const phone = new PhoneView('popup');
    phone.show({ contacts: [contact('Bob', 'away'), contact('Al')], call: callView({ kind: 'connecting' }) });
    phone.show({ call: null });
    expect(phone.snapshot.call).toBeNull();
    expect(phone.contacts.map(({ displayName }) => displayName)).toEqual(['Al', 'Bob']);
  });

  it('has only the slices of its page', () => {
    const phone = new PhoneView('call-window');
    phone.show({ waitingCalls: 2, contacts: [contact('Al')] });
    expect(phone.heard).toBe(true);
    expect(phone.snapshot.waitingCalls).toBe(2);
    expect(() => phone.contacts).toThrow('call-window does not show contacts');
  });

  it('shows the foremost call, and counts the waiting ones', () => {
    const phone = new PhoneView('popup');
    phone.show({ incoming: [incoming('a'), incoming('b')], waitingCalls: 4 });
    expect(phone.snapshot.waitingCalls).toBe(4);
    expect(phone.ringing?.callId).toBe('a');
    expect(phone.alsoRinging.map(({ callId }) => callId)).toEqual(['b']);
  });

  it('has each phase of a call on one screen', () => {
    const phone = new PhoneView('popup');
    const screens = (): string[] =>
      (['ringingOut', 'inCall', 'ended'] as const).filter((screen) => phone[screen] !== null);
    phone.show({ call: callView({ kind: 'dialing' }) });
    expect(screens()).toEqual(['ringingOut']);
    phone.show({ call: callView({ kind: 'ringing-out' }) });
    expect(screens()).toEqual(['ringingOut']);
    for (const kind of ['connecting', 'active', 'reconnecting'] as const) {
      phone.show({ call: callView({ kind, connectedAt: 0, givesUpAt: 0 }) });
      expect(screens(), kind).toEqual(['inCall']);
    }
    phone.show({ call: callView({ kind: 'ended', reason: 'hung-up', connectedAt: 0, endedAt: 1 }) });
    expect(screens()).toEqual(['ended']);
  });
});
