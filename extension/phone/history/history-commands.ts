import type { PhoneProtocol } from '../../ipc/protocol.ts';
import type { Handlers } from '../../ipc/router.ts';
import type { Ask } from '../connection/ask.ts';
import type { Namesakes } from '../people/namesakes.ts';

export type HistoryCommands = Pick<
  Handlers<PhoneProtocol>,
  'history-page' | 'see-history' | 'delete-call' | 'clear-history'
>;

const done = { ok: true } as const;

/** What views ask about the person's history of calls. The server keeps it; nothing of it is kept here. */
export const createHistoryCommands = (ask: Ask, namesakes: Pick<Namesakes, 'hear'>): HistoryCommands => ({
  async 'history-page'(query) {
    const answer = await ask('history:page', query);
    if (!answer.ok) return { ok: false, code: answer.code };
    namesakes.hear(answer.entries.flatMap(({ person }) => person ?? []));
    return answer;
  },
  async 'see-history'() {
    const answer = await ask('history:seen', {});
    return answer.ok ? done : { ok: false, code: answer.code };
  },
  async 'delete-call'({ callId }) {
    const answer = await ask('history:delete', { callId });
    return answer.ok ? done : { ok: false, code: answer.code };
  },
  async 'clear-history'() {
    const answer = await ask('history:clear', {});
    return answer.ok ? done : { ok: false, code: answer.code };
  },
});
