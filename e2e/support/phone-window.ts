import type { CDPSession } from '@playwright/test';
import * as z from 'zod';
import { pageUrl } from './extension.ts';
import { until } from './until.ts';

const answerSchema = z.object({
  id: z.number(),
  result: z
    .object({
      result: z.object({ value: z.unknown().optional() }),
      exceptionDetails: z
        .object({ text: z.string(), exception: z.object({ description: z.string().optional() }) })
        .optional(),
    })
    .optional(),
  error: z.object({ message: z.string() }).optional(),
});

/**
 * The offscreen document of one browser, reached over the debugging protocol: what runs here lives in that
 * document's own realm and so survives the closing of every page.
 */
export class PhoneWindow {
  readonly #browser: CDPSession;
  readonly #waiting = new Map<number, (answer: z.infer<typeof answerSchema>) => void>();
  #sessionId = '';
  #lastId = 0;

  private constructor(browser: CDPSession) {
    this.#browser = browser;
    browser.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
      if (sessionId !== this.#sessionId) return;
      const said: unknown = JSON.parse(message);
      // Events have no id, and nothing here listens to them.
      if (typeof said !== 'object' || said === null || !('id' in said)) return;
      const answer = answerSchema.parse(said);
      this.#waiting.get(answer.id)?.(answer);
    });
  }

  static async attach(browser: CDPSession): Promise<PhoneWindow> {
    const target = await until(
      async () => {
        const { targetInfos } = await browser.send('Target.getTargets');
        return targetInfos.find(({ url }) => url === pageUrl('offscreen'));
      },
      { what: 'the offscreen document' },
    );
    const phone = new PhoneWindow(browser);
    // Playwright's sessions cannot be nested: the older, message-based way can.
    const { sessionId } = await browser.send('Target.attachToTarget', {
      targetId: target.targetId,
      flatten: false,
    });
    phone.#sessionId = sessionId;
    return phone;
  }

  /** Runs a function in the offscreen document. It sees nothing but its argument; both ways, values are JSON. */
  async evaluate<R, A = undefined>(fn: (argument: A) => R | Promise<R>, argument?: A): Promise<R> {
    const id = ++this.#lastId;
    const answered = new Promise<z.infer<typeof answerSchema>>((resolve) => this.#waiting.set(id, resolve));
    const expression = `(${fn.toString()})(${argument === undefined ? '' : JSON.stringify(argument)})`;
    await this.#browser.send('Target.sendMessageToTarget', {
      sessionId: this.#sessionId,
      message: JSON.stringify({
        id,
        method: 'Runtime.evaluate',
        params: { expression, awaitPromise: true, returnByValue: true },
      }),
    });
    const { result, error } = await answered;
    this.#waiting.delete(id);
    const problem =
      error?.message ?? result?.exceptionDetails?.exception.description ?? result?.exceptionDetails?.text;
    if (problem !== undefined) throw new Error(problem);
    // What `fn` returned, carried by value.
    return result?.result.value as R;
  }
}
