import { describe, expect, it } from 'vitest';
import { UnreadMessages } from './unread-messages.ts';

const ada = { userId: 'ada', username: 'ada', displayName: 'Ada' };

describe('UnreadMessages', () => {
  it('counts each message once', () => {
    const unread = new UnreadMessages();
    expect(unread.add({ from: 'ada', at: 1 })).toBe(true);
    expect(unread.add({ from: 'ada', at: 1 })).toBe(false);
    unread.add({ from: 'ada', at: 2 });
    expect(unread.view([ada])).toEqual([{ userId: 'ada', name: 'Ada', count: 2 }]);
    expect(unread.announced).toEqual([]);
    expect(unread.view([])).toEqual([]);
  });

  it('is over when the newest is read', () => {
    const unread = new UnreadMessages();
    unread.add({ from: 'ada', at: 5 });
    unread.read({ userId: 'ada', at: 4 });
    expect(unread.view([ada])).toHaveLength(1);
    unread.read({ userId: 'ada', at: 5 });
    expect(unread.view([ada])).toEqual([]);
  });

  it('announces each message at most once, also when a new connection tells of it again', () => {
    const unread = new UnreadMessages();
    unread.replace([{ userId: 'ada', count: 2, at: 7 }], true);
    expect(unread.announced).toEqual([{ userId: 'ada', at: 7 }]);
    unread.dismiss({ userId: 'ada', at: 7 });
    unread.replace([{ userId: 'ada', count: 2, at: 7 }], true);
    expect(unread.announced).toEqual([]);
    unread.add({ from: 'ada', at: 8 });
    unread.announce('ada', true);
    expect(unread.announced).toEqual([{ userId: 'ada', at: 8 }]);
  });

  it('announces a later message anew, and a dismissal of the earlier notification does not withdraw it', () => {
    const unread = new UnreadMessages();
    unread.add({ from: 'ada', at: 1 });
    expect(unread.announce('ada', true)).toBe(true);
    unread.add({ from: 'ada', at: 2 });
    expect(unread.announced).toEqual([{ userId: 'ada', at: 1 }]);
    expect(unread.announce('ada', true)).toBe(true);
    expect(unread.announce('ada', true)).toBe(false);
    unread.dismiss({ userId: 'ada', at: 1 });
    expect(unread.announced).toEqual([{ userId: 'ada', at: 2 }]);
  });

  it('keeps the earlier announcement where a later one is not wanted', () => {
    const unread = new UnreadMessages();
    unread.add({ from: 'ada', at: 1 });
    unread.announce('ada', true);
    unread.add({ from: 'ada', at: 2 });
    expect(unread.announce('ada', false)).toBe(false);
    expect(unread.announced).toEqual([{ userId: 'ada', at: 1 }]);
  });

  it('announces nothing later that was not wanted when it came', () => {
    const unread = new UnreadMessages();
    unread.add({ from: 'ada', at: 1 });
    unread.announce('ada', false);
    unread.announce('ada', true);
    expect(unread.view([ada])).toHaveLength(1);
    expect(unread.announced).toEqual([]);
  });
});
