import { RestClient } from './rest-client.ts';
import type { LeftSignIn, SignInStore } from './stored-sign-in.ts';

/** Milliseconds until the servers that could not be reached are asked again. */
const AGAIN_AFTER = 60_000;

/** Sign-outs that servers have not heard of: a token that was left behind would go on letting in whoever has it. */
export class PendingSignOuts {
  readonly #store: Pick<SignInStore, 'left' | 'keepLeft' | 'dropLeft'>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(store: Pick<SignInStore, 'left' | 'keepLeft' | 'dropLeft'>) {
    this.#store = store;
  }

  /** Keeps one until its server has heard of it. */
  add(left: LeftSignIn): Promise<void> {
    return this.#store.keepLeft(left);
  }

  /**
   * Tells the servers, and goes on trying where one does not answer. Sends run one after the other, so that what is
   * added during one is in the next. Never rejects.
   */
  send(): Promise<void> {
    this.#sending = this.#sending
      .then(() => this.#sendAll())
      .catch(() => true)
      .then((remain) => {
        clearTimeout(this.#timer);
        if (remain) this.#timer = setTimeout(() => void this.send(), AGAIN_AFTER);
      });
    return this.#sending;
  }

  /** Whether any remain. */
  async #sendAll(): Promise<boolean> {
    const heard = await Promise.all(
      (await this.#store.left()).map(async (left) => {
        const answer = await new RestClient(left.serverUrl).signOut(left.token);
        // It is signed out already, by whomever.
        const over = answer.ok || answer.code === 'unauthorized';
        return { left, over };
      }),
    );
    for (const { left, over } of heard) if (over) await this.#store.dropLeft(left);
    return heard.some(({ over }) => !over);
  }
}
