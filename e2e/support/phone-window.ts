import type { CDPSession } from '@playwright/test';
import * as z from 'zod';
import { pageUrl } from './extension.ts';
import { until } from './until.ts';

const answerSchema = z.object({
  id: z.number(),
  result: z.unknown(),
  error: z.object({ message: z.string() }).optional(),
});

const evaluatedSchema = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z
    .object({ text: z.string(), exception: z.object({ description: z.string().optional() }) })
    .optional(),
});

const frameSchema = z.object({
  method: z.enum(['Network.webSocketFrameSent', 'Network.webSocketFrameReceived']),
  params: z.object({ response: z.object({ payloadData: z.string() }) }),
});

/** One message of the phone's connection to the server. */
interface Frame {
  to: 'server' | 'phone';
  text: string;
}

/**
 * The offscreen document of one browser, reached over the debugging protocol: what runs here lives in that
 * document's own realm and so survives the closing of every page.
 */
export class PhoneWindow {
  readonly #browser: CDPSession;
  readonly #waiting = new Map<number, (answer: z.infer<typeof answerSchema>) => void>();
  readonly #frames: Frame[] = [];
  readonly #targetId: string;
  #sessionId = '';
  #lastId = 0;

  private constructor(browser: CDPSession, targetId: string) {
    this.#browser = browser;
    this.#targetId = targetId;
    browser.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
      if (sessionId !== this.#sessionId) return;
      const said: unknown = JSON.parse(message);
      const frame = frameSchema.safeParse(said);
      if (frame.success) {
        const to = frame.data.method === 'Network.webSocketFrameSent' ? 'server' : 'phone';
        this.#frames.push({ to, text: frame.data.params.response.payloadData });
      }
      // A message without an id is an event.
      if (typeof said !== 'object' || said === null || !('id' in said)) return;
      const answer = answerSchema.parse(said);
      this.#waiting.get(answer.id)?.(answer);
    });
  }

  /** Waits for the phone of this browser; with `before`, for another one than that. */
  static attach(browser: CDPSession, before: PhoneWindow | null = null): Promise<PhoneWindow> {
    const gone = before && before.#targetId;
    return PhoneWindow.attachTo(
      browser,
      ({ url, targetId }) => url === pageUrl('phone') && targetId !== gone,
    );
  }

  /** Any other target that Playwright's own sessions do not reach, such as the service worker. */
  static async attachTo(
    browser: CDPSession,
    which: (target: { type: string; url: string; targetId: string }) => boolean,
  ): Promise<PhoneWindow> {
    const target = await until(
      async () => {
        const { targetInfos } = await browser.send('Target.getTargets');
        return targetInfos.find(which);
      },
      { what: 'the target to attach to', timeout: 20_000 },
    );
    const phone = new PhoneWindow(browser, target.targetId);
    // Playwright's sessions cannot be nested: the older, message-based way can.
    const { sessionId } = await browser.send('Target.attachToTarget', {
      targetId: target.targetId,
      flatten: false,
    });
    phone.#sessionId = sessionId;
    return phone;
  }

  /** Crashes the process of the extension, which is this document's. It does not answer. */
  crash(): void {
    void this.send('Page.crash');
  }

  /** A command of the debugging protocol; its answer is the caller's to parse. */
  async send(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#lastId;
    const answered = new Promise<z.infer<typeof answerSchema>>((resolve) => this.#waiting.set(id, resolve));
    await this.#browser.send('Target.sendMessageToTarget', {
      sessionId: this.#sessionId,
      message: JSON.stringify({ id, method, params }),
    });
    const { result, error } = await answered;
    this.#waiting.delete(id);
    if (error) throw new Error(error.message);
    return result;
  }

  /** Closes the document under the extension's feet, if it is still there. */
  async close(): Promise<void> {
    const { targetInfos } = await this.#browser.send('Target.getTargets');
    if (!targetInfos.some(({ targetId }) => targetId === this.#targetId)) return;
    await this.#browser.send('Target.closeTarget', { targetId: this.#targetId });
  }

  async detach(): Promise<void> {
    await this.#browser.send('Target.detachFromTarget', { sessionId: this.#sessionId });
  }

  /** Runs a function in the offscreen document. It sees nothing but its argument; both ways, values are JSON. */
  async evaluate<R, A = undefined>(fn: (argument: A) => R | Promise<R>, argument?: A): Promise<R> {
    const expression = `(${fn.toString()})(${argument === undefined ? '' : JSON.stringify(argument)})`;
    const { result, exceptionDetails } = evaluatedSchema.parse(
      await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }),
    );
    if (exceptionDetails) throw new Error(exceptionDetails.exception.description ?? exceptionDetails.text);
    // What `fn` returned, carried by value.
    return result.value as R;
  }

  /** From here on, records every message of the phone's connection to the server, in order. */
  async recordFrames(): Promise<readonly Frame[]> {
    await this.send('Network.enable');
    return this.#frames;
  }
}
