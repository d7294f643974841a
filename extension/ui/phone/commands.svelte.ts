import type { Media } from '../../../protocol/calls/call.ts';
import type { CallId, UserId } from '../../../protocol/ids.ts';
import type { Ask } from '../../ipc/asking.ts';
import type { BackgroundProtocol, CommandResult, PhoneProtocol } from '../../ipc/protocol.ts';
import type { Problem } from '../i18n/problem-text.ts';

/** Commands whose answer is only success or a code. */
type PlainCommand = {
  [N in keyof PhoneProtocol]: PhoneProtocol[N] extends (payload: never) => Promise<CommandResult> ? N : never;
}[keyof PhoneProtocol];

type PayloadOf<Method> = Method extends (payload: infer Payload) => unknown ? Payload : never;

interface Options {
  askPhone: Ask<PhoneProtocol>;
  askBackground: Ask<BackgroundProtocol>;
}

/**
 * Sends a person's actions on a page to the phone as commands, and keeps the last failure for the page to
 * show.
 */
export class Commands {
  #problem = $state.raw<Problem | null>(null);
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  dismissProblem(): void {
    this.#problem = null;
  }

  /** Never rejects. Resolves to whether the command succeeded. */
  async run<N extends PlainCommand>(name: N, payload: PayloadOf<PhoneProtocol[N]>): Promise<boolean> {
    this.#problem = null;
    this.#problem = await this.attempt(name, payload);
    return this.#problem === null;
  }

  /** The same for a form that shows its own failures. Resolves to null on success. */
  async attempt<N extends PlainCommand>(
    name: N,
    payload: PayloadOf<PhoneProtocol[N]>,
  ): Promise<Problem | null> {
    try {
      const result: CommandResult = await this.#options.askPhone(name, payload);
      return result.ok ? null : result.code;
    } catch {
      return 'phone-silent';
    }
  }

  /** A video call shows its window from the start; for a voice call the popup is enough. */
  dial(userId: UserId, media: Media): void {
    if (media === 'video') this.openCallWindow();
    void this.run('dial', { userId, media });
  }

  /** The window opens at the same time as the call and not after it, because opening takes longest. */
  accept(callId: CallId, media: Media): void {
    void this.run('accept', { callId, media });
    this.openCallWindow();
  }

  openCallWindow(): void {
    this.#options.askBackground('open-call-window', {}).catch(() => {
      this.#problem = 'phone-silent';
    });
  }
}
