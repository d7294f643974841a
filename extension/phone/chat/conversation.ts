import { MARKS, type Mark, type Message, type MessageMarks } from '../../../protocol/chat/message.ts';

const rank = (mark: Mark): number => MARKS.indexOf(mark);

const furthest = (one: Mark, other: Mark): Mark => (rank(one) >= rank(other) ? one : other);

/**
 * Messages with others merged in, oldest first: each once, in the server's order. Delivery marks never go back: an
 * answer may be older than events that came since the question.
 */
export const withMessages = (known: readonly Message[], added: readonly Message[]): Message[] => {
  const byTime = new Map(known.map((message) => [message.at, message]));
  for (const message of added) {
    const before = byTime.get(message.at);
    byTime.set(message.at, before ? { ...message, mark: furthest(before.mark, message.mark) } : message);
  }
  return [...byTime.values()].sort((a, b) => a.at - b.at);
};

/** Messages with a mark that was reported for some of them. A mark never goes back. */
export const withMarks = (
  known: readonly Message[],
  { ids, mark }: Omit<MessageMarks, 'userId'>,
): Message[] => {
  const marked = new Set(ids);
  return known.map((message) =>
    marked.has(message.id) ? { ...message, mark: furthest(message.mark, mark) } : message,
  );
};
