import { createContext } from 'svelte';
import type { UserId } from '../../../../protocol/ids.ts';

/** What a contact's entry needs to know of messages. */
interface ConversationLinks {
  open(userId: UserId): void;
  /** How many messages from a person are unread. */
  unread(userId: UserId): number;
}

const [useConversations, provideConversations] = createContext<ConversationLinks>();

/** The popup's conversations, provided once by its root component. */
export { provideConversations, useConversations };
