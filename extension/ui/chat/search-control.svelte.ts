import type { FoundMessage } from '../../../protocol/chat/message.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import type { MessageCommands } from '../../ipc/message-commands.ts';
import type { Problem } from '../i18n/problem-text.ts';

/** How long typing must pause before the server is asked, in milliseconds. */
const SETTLED = 200;

type Ask = (query: string) => ReturnType<MessageCommands['search-messages']>;

/** Searches for the typed text once typing pauses, and drops answers to outdated queries. */
export class SearchControl {
  query = $state.raw('');
  found = $state.raw<readonly FoundMessage[]>([]);
  more = $state.raw(false);
  problem = $state.raw<Problem | null>(null);
  /** Whether the search was answered with no result. */
  nothing = $state.raw(false);
  readonly #ask: Ask;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  ask(query: string): void {
    this.query = query.slice(0, LIMITS.searchLength);
    clearTimeout(this.#timer);
    if (query.trim() === '') this.#show([], false);
    else this.#timer = setTimeout(() => void this.#run(this.query), SETTLED);
  }

  async #run(query: string): Promise<void> {
    const answer = await this.#ask(query).catch(() => ({ ok: false, code: 'phone-silent' }) as const);
    if (this.query !== query) return;
    if (answer.ok) this.#show(answer.found, answer.more);
    else this.problem = answer.code;
    this.nothing = answer.ok && answer.found.length === 0;
  }

  #show(found: readonly FoundMessage[], more: boolean): void {
    this.found = found;
    this.more = more;
    this.problem = null;
    this.nothing = false;
  }
}
