import type { CallId, UserId } from '../../../protocol/ids.ts';
import { deadlineOf, isUp, type Call } from '../../calls/call.ts';
import { decide, type Decision } from '../../calls/decide.ts';
import type { LedgerEvent } from '../../calls/ledger-event.ts';
import { atRest, type LedgerView, type LedgerWrites, type PersonEntry } from '../../calls/ledger-view.ts';
import { joinLine } from '../../calls/ring-line.ts';
import { queueAt } from '../../calls/ring-queue.ts';
import type { LiveCalls } from '../../calls/live-calls.ts';
import type { CellName, Cells } from './cells.ts';
import type { RedisCells } from './redis-cells.ts';

/** Milliseconds in which the deciding node announces and stores its decision; afterwards another node repeats it. */
const SETTLE_WITHIN = 5000;

/** The ledger in cells. */
class CellView implements LedgerView {
  readonly #cells: Cells;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  call(callId: CallId): Call | undefined {
    const cell = this.#cells.get('call', callId);
    if (!cell) return undefined;
    return 'alias' in cell ? this.call(cell.alias) : cell.call;
  }

  person(userId: UserId): PersonEntry {
    return this.#cells.get('person', userId) ?? atRest(userId);
  }
}

const putCall = (cells: Cells, call: Call): void => {
  cells.set('call', call.callId, { call });
  for (const alias of call.aliases) {
    if (!cells.get('call', alias)) cells.set('call', alias, { alias: call.callId });
  }
  cells.alarm('call', call.callId, deadlineOf(call));
};

const forgetCall = (cells: Cells, callId: CallId): void => {
  const cell = cells.get('call', callId);
  const aliases = cell && 'call' in cell ? cell.call.aliases : [];
  for (const id of [callId, ...aliases]) cells.set('call', id, undefined);
  cells.alarm('call', callId, null);
};

const putPerson = (cells: Cells, person: PersonEntry): void => {
  const isFree = person.callId === null && person.ringing.length === 0;
  cells.set('person', person.userId, isFree ? undefined : person);
};

const commit = (cells: Cells, { calls, transitions, forgotten, people }: LedgerWrites, at: number): void => {
  for (const call of calls.values()) putCall(cells, call);
  for (const callId of transitions) cells.alarm('unsettled', callId, at + SETTLE_WITHIN);
  for (const callId of forgotten) forgetCall(cells, callId);
  for (const person of people.values()) putPerson(cells, person);
};

const callCell = (id: CallId): CellName => ({ kind: 'call', id });
const personCell = (id: UserId): CellName => ({ kind: 'person', id });

/** The cells that an event always reads. */
const cellsFor = (event: LedgerEvent): CellName[] => {
  switch (event.kind) {
    case 'invite': {
      const { from, invite } = event;
      return [callCell(invite.callId), personCell(from.userId), personCell(invite.to)];
    }
    case 'accept':
      return [callCell(event.accept.callId), personCell(event.from.userId)];
    case 'signal':
      return [callCell(event.signal.callId)];
    case 'sources':
      return [callCell(event.sources.callId)];
    case 'move':
      return [callCell(event.move.callId)];
    case 'end':
      return [callCell(event.end.callId), personCell(event.from.userId)];
    case 'ringing':
    case 'connected':
    case 'resume':
    case 'ice-servers':
      return [callCell(event.ref.callId)];
    case 'attached':
    case 'detached':
      return [personCell(event.from.userId)];
    case 'signed-out':
    case 'gone':
      return [personCell(event.userId)];
    case 'separated':
      return [personCell(event.by), personCell(event.other)];
    case 'give-up':
    case 'deadline':
      return [callCell(event.callId)];
  }
};

/**
 * Calls in Redis, for many nodes. Decisions are the same as in memory, and are committed only if their cells
 * have not changed meanwhile.
 */
export const createRedisCalls = (
  cells: RedisCells,
  remove: (callId: CallId) => Promise<void>,
): LiveCalls => ({
  async apply(event): Promise<Decision> {
    return cells.change(cellsFor(event), (draft) => {
      const view = new CellView(draft);
      const decision = decide(view, event);
      commit(draft, decision.writes, event.at);
      // A deleted call has no deadlines.
      if (event.kind === 'deadline' && !view.call(event.callId)) draft.alarm('call', event.callId, null);
      return decision;
    });
  },
  async settled(callIds) {
    for (const callId of callIds) await remove(callId);
  },
  restore: (call) =>
    cells.change([callCell(call.callId)], (draft) => {
      const view = new CellView(draft);
      putCall(draft, call);
      if (call.state === 'ended') return;
      putPerson(draft, { ...view.person(call.callerId), callId: call.callId });
      const callee = view.person(call.calleeId);
      putPerson(
        draft,
        isUp(call)
          ? { ...callee, callId: call.callId }
          : { ...callee, ringing: joinLine(callee.ringing, { callId: call.callId, favourite: false }) },
      );
    }),
  find: (callId) => cells.change([callCell(callId)], (draft) => new CellView(draft).call(callId) ?? null),
  callOf: (userId) =>
    cells.change([personCell(userId)], (draft) => {
      const view = new CellView(draft);
      const { callId } = view.person(userId);
      return callId === null ? null : (view.call(callId) ?? null);
    }),
  queueAt: (userId) => cells.change([personCell(userId)], (draft) => queueAt(new CellView(draft), userId)),
});
