import type { Media } from '../../../protocol/calls/call.ts';
import type { CallId, UserId } from '../../../protocol/ids.ts';
import type { Ask } from '../../ipc/asking.ts';
import type { BackgroundProtocol, CommandResult, PhoneProtocol } from '../../ipc/protocol.ts';
import type { Problem } from '../i18n/problem-text.ts';

/** Commands whose answer carries nothing but success or a code. */
type PlainCommand = {
  [N in keyof PhoneProtocol]: PhoneProtocol[N] extends (payload: never) => Promise<CommandResult> ? N : never;
}[keyof PhoneProtocol];

type PayloadOf<Method> = Method extends (payload: infer Payload) => unknown ? Payload : never;

interface Options {
  askPhone: Ask<PhoneProtocol>;
  askBackground: Ask<BackgroundProtocol>;
}

/** What a person does on a page, as commands to the phone; keeps the last failure so that the page can say it. */
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

  /** Never rejects. Resolves to whether it was done. */
  async run<N extends PlainCommand>(name: N, payload: PayloadOf<PhoneProtocol[N]>): Promise<boolean> {
    this.#problem = null;
    this.#problem = await this.attempt(name, payload);
    return this.#problem === null;
  }

  /** The same for a form that says by itself what went wrong. Resolves to null when it was done. */
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

  /** The window opens beside the call and never after it: it takes longest. */
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
