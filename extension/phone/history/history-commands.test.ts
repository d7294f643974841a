import { describe, expect, it } from 'vitest';
import { refuse } from '../../../protocol/events.ts';
import type { Signaling } from '../connection/signaling.ts';
import { createAsk } from '../connection/ask.ts';
import { createHistoryCommands } from './history-commands.ts';

const answering = (answer: object) => {
  const asked: unknown[] = [];
  const heard: unknown[] = [];
  const signaling: Pick<Signaling, 'request'> = {
    // Answers as the server does; the contract's own tests hold the shapes.
    request: (event, payload) => {
      asked.push([event, payload]);
      return Promise.resolve(answer as never);
    },
  };
  return {
    commands: createHistoryCommands(
      createAsk(() => signaling),
      { hear: (people) => heard.push(...people) },
    ),
    asked,
    heard,
  };
};

describe('commands of the history', () => {
  it('ask the server and hand its page on', async () => {
    const grace = { userId: 'g', username: 'grace', displayName: 'Grace' };
    const page = { ok: true, entries: [{ person: grace }, { person: null }], next: 'cursor' };
    const { commands, asked, heard } = answering(page);
    expect(await commands['history-page']({ limit: 30, before: 'x' })).toEqual(page);
    expect(heard).toEqual([grace]);
    await commands['see-history']({});
    await commands['delete-call']({ callId: 'call-1' });
    await commands['clear-history']({});
    expect(asked).toEqual([
      ['history:page', { limit: 30, before: 'x' }],
      ['history:seen', {}],
      ['history:delete', { callId: 'call-1' }],
      ['history:clear', {}],
    ]);
  });

  it('hand a refusal on as its code', async () => {
    const { commands } = answering(refuse('unavailable'));
    const refused = { ok: false, code: 'unavailable' };
    expect(await commands['history-page']({ limit: 1 })).toEqual(refused);
    expect(await commands['clear-history']({})).toEqual(refused);
  });

  it('say so when nobody is signed in', async () => {
    const commands = createHistoryCommands(
      createAsk(() => null),
      { hear: () => undefined },
    );
    expect(await commands['see-history']({})).toEqual({ ok: false, code: 'signed-out' });
  });
});
