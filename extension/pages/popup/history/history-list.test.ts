import { describe, expect, it } from 'vitest';
import type { HistoryEntry, HistoryQuery } from '../../../../protocol/history/history.ts';
import type { Ask } from '../../../ipc/asking.ts';
import type { PhoneProtocol } from '../../../ipc/protocol.ts';
import { historyEntry } from '../../../../testkit/ui/history-entry.ts';
import { HistoryList } from './history-list.svelte.ts';

const numbered = (count: number): HistoryEntry[] =>
  Array.from({ length: count }, (_, n) => historyEntry('Grace', 1_000 - n, `call-${String(n)}`));

const setUp = (count: number) => {
  const server = { entries: numbered(count), down: false, queries: [] as HistoryQuery[] };
  const page = async ({ before, limit }: HistoryQuery): Promise<object> => {
    server.queries.push({ limit, ...(before !== undefined && { before }) });
    await Promise.resolve();
    if (server.down) return { ok: false, code: 'unavailable' };
    const start = before === undefined ? 0 : Number(before);
    const end = start + limit;
    const next = end < server.entries.length ? String(end) : null;
    return { ok: true, entries: server.entries.slice(start, end), next };
  };
  // Answers the only command that the list sends.
  const askPhone = ((_name: string, query: HistoryQuery) => page(query)) as Ask<PhoneProtocol>;
  return { server, list: new HistoryList({ askPhone }) };
};

describe('HistoryList', () => {
  it('reads page by page, to the end', async () => {
    const { server, list } = setUp(70);
    expect(list.state).toBe('loading');
    await list.refresh();
    expect([list.state, list.entries.length]).toEqual(['ready', 30]);
    await list.more();
    await list.more();
    await list.more();
    expect(list.entries).toEqual(server.entries);
    expect(server.queries).toHaveLength(3);
  });

  it('reads as many calls again as it shows', async () => {
    const { server, list } = setUp(170);
    for (let i = 0; i < 5; i += 1) await (i === 0 ? list.refresh() : list.more());
    server.entries = server.entries.slice(1);
    server.queries = [];
    await list.refresh();
    expect(server.queries).toEqual([{ limit: 100 }, { limit: 50, before: '100' }]);
    expect(list.entries).toEqual(server.entries.slice(0, 150));
  });

  it('does not read the next page twice', async () => {
    const { server, list } = setUp(70);
    await list.refresh();
    await Promise.all([list.more(), list.more()]);
    expect(list.entries).toEqual(server.entries.slice(0, 60));
  });

  it('discards a page that was read before a change', async () => {
    const { server, list } = setUp(70);
    await list.refresh();
    const late = list.more();
    server.entries = numbered(5);
    await list.refresh();
    await late;
    expect(list.entries).toEqual(server.entries);
  });

  it('counts finished reads, so that a request during one can be repeated', async () => {
    const { list } = setUp(70);
    await list.refresh();
    const refreshing = list.refresh();
    await list.more();
    expect([list.entries.length, list.done]).toEqual([30, 1]);
    await refreshing;
    expect(list.done).toBe(2);
    await list.more();
    expect(list.entries).toHaveLength(60);
  });

  it('keeps what it shows when the server is away, and can try again', async () => {
    const { server, list } = setUp(40);
    await list.refresh();
    server.down = true;
    await list.refresh();
    expect([list.state, list.entries.length]).toEqual(['failed', 30]);
    server.down = false;
    await list.refresh();
    await list.more();
    expect([list.state, list.entries.length]).toEqual(['ready', 40]);
  });
});
