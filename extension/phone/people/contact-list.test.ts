import { describe, expect, it } from 'vitest';
import type { ListedContact } from '../../../protocol/account/session.ts';
import { withContact, withMarks, withoutContact, withPresence } from './contact-list.ts';

const contact = (n: number, more: Partial<ListedContact> = {}): ListedContact => ({
  userId: `0000000${String(n)}-0000-4000-8000-000000000000`,
  username: `user${String(n)}`,
  displayName: `User ${String(n)}`,
  status: 'available',
  v: 5,
  favourite: false,
  ringsThrough: false,
  ...more,
});
const list = [contact(1), contact(2)];

describe('contact list', () => {
  it('takes a newer status', () => {
    const changed = withPresence(list, { userId: contact(2).userId, status: 'away', v: 6 });
    expect(changed).toEqual([contact(1), contact(2, { status: 'away', v: 6 })]);
  });

  it('replaces text and last time with the status: what the change leaves out is gone', () => {
    const { userId } = contact(1);
    const said = withPresence(list, { userId, status: 'available', text: 'at lunch', v: 6 });
    expect(said[0]?.text).toBe('at lunch');
    const left = withPresence(said, { userId, status: 'offline', lastSeen: 7, v: 8 });
    expect(left[0]).toEqual(contact(1, { status: 'offline', lastSeen: 7, v: 8 }));
    const renamed = withContact(said, contact(1, { displayName: 'New' }));
    expect(renamed[0]).toEqual(contact(1, { displayName: 'New', text: 'at lunch', v: 6 }));
  });

  it('is the same list after a stale or unknown change', () => {
    expect(withPresence(list, { userId: contact(2).userId, status: 'away', v: 5 })).toBe(list);
    expect(withPresence(list, { userId: contact(3).userId, status: 'away', v: 6 })).toBe(list);
  });

  it('adds and replaces, but keeps a newer status', () => {
    expect(withContact(list, contact(3))).toEqual([...list, contact(3)]);
    const renamed = contact(1, { displayName: 'New', status: 'offline', v: 4 });
    expect(withContact(list, renamed)[0]).toEqual(contact(1, { displayName: 'New' }));
    expect(withContact(list, { ...renamed, v: 6 })[0]).toEqual({ ...renamed, v: 6 });
  });

  it('keeps the marks of somebody who changes name', () => {
    const marked = [contact(1, { favourite: true, ringsThrough: true })];
    const { favourite: _f, ringsThrough: _r, ...renamed } = contact(1, { displayName: 'New', v: 6 });
    expect(withContact(marked, renamed)).toEqual([
      contact(1, { displayName: 'New', v: 6, favourite: true, ringsThrough: true }),
    ]);
  });

  it('marks one person', () => {
    const mark = { userId: contact(2).userId, favourite: true, ringsThrough: true };
    expect(withMarks(list, mark)).toEqual([contact(1), { ...contact(2), ...mark }]);
  });

  it('removes', () => {
    expect(withoutContact(list, contact(1).userId)).toEqual([contact(2)]);
  });
});
