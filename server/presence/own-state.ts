import type { OwnPresence, StatusChoice, TextChoice } from '../../protocol/presence/presence.ts';
import type { StoredPresence, StoredStatus, StoredText } from './presence-store.ts';

/** What a person has decided about their presence. */
export type OwnState = Omit<StoredPresence, 'lastSeenAt'>;

/** The state of a person who has decided nothing yet. */
export const FIRST_STATE: OwnState = {
  status: 'available',
  until: null,
  after: 'available',
  text: null,
  textUntil: null,
  lastSeenShown: false,
};

const endOf = (endsIn: number | undefined, now: number): number | null =>
  endsIn === undefined ? null : now + endsIn;

/** Chooses a status. The status before "do not disturb" is remembered, because it returns when that ends. */
export const choose = (state: OwnState, { status, endsIn }: StatusChoice, now: number): StoredStatus => ({
  status,
  until: endOf(endsIn, now),
  after: state.status === 'do-not-disturb' ? state.after : state.status,
});

export const say = ({ text, endsIn }: TextChoice, now: number): StoredText => ({
  text,
  textUntil: endOf(endsIn, now),
});

/** What has ended by `now`, as what takes its place; null for a part that has not ended. */
export const expired = (
  state: OwnState,
  now: number,
): { status: StoredStatus | null; text: StoredText | null } => {
  const { until, after, textUntil } = state;
  return {
    status: until !== null && until <= now ? { status: after, until: null, after } : null,
    text: textUntil !== null && textUntil <= now ? { text: null, textUntil: null } : null,
  };
};

/** When a status or text ends by itself next, in epoch milliseconds; null: neither does. */
export const nextEnd = ({ until, textUntil }: OwnState): number | null => {
  if (until === null || textUntil === null) return until ?? textUntil;
  return Math.min(until, textUntil);
};

/** The state as the person's own phones are told. */
export const toOwnPresence = (state: OwnState): OwnPresence => ({
  status: state.status,
  until: state.until,
  text: state.text === null ? null : { text: state.text, until: state.textUntil },
  lastSeenShown: state.lastSeenShown,
});
