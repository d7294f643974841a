import type { ClientEvent, ClientPayload } from '../../../protocol/events.ts';
import type { PhoneProtocol } from '../../ipc/protocol.ts';
import type { Handlers } from '../../ipc/router.ts';
import type { Signaling } from '../connection/signaling.ts';
import type { Namesakes } from '../people/namesakes.ts';
import type { Answer } from '../connection/signaling-types.ts';

export type HistoryCommands = Pick<
  Handlers<PhoneProtocol>,
  'history-page' | 'see-history' | 'delete-call' | 'clear-history'
>;

type HistoryEvent = Extract<ClientEvent, `history:${string}`>;

/**
 * Milliseconds. A request that waits for the connection must not come through much later: it would
 * mark as seen, or delete, what came in meanwhile.
 */
const PATIENCE = 10_000;

const done = { ok: true } as const;

/** What views ask about the person's history of calls. The server keeps it; nothing of it is kept here. */
export const createHistoryCommands = (
  signaling: () => Pick<Signaling, 'request'> | null,
  namesakes: Pick<Namesakes, 'hear'>,
): HistoryCommands => {
  const ask = async <E extends HistoryEvent>(
    event: E,
    payload: ClientPayload<E>,
  ): Promise<Answer<E> | { ok: false; code: 'signed-out' }> =>
    signaling()?.request(event, payload, AbortSignal.timeout(PATIENCE)) ?? { ok: false, code: 'signed-out' };

  return {
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
  };
};
