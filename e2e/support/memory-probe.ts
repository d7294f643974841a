import type { CDPSession } from '@playwright/test';
import * as z from 'zod';
import type { Person } from './person.ts';
import { EXTENSION_ORIGIN } from './extension.ts';
import { forgetMedia } from './media-probe.ts';
import { PhoneWindow } from './phone-window.ts';

/** What is left in a browser's extension after a forced collection. Bytes for the heaps. */
export interface Left {
  /** Of phone, popup and call window, which share one thread. */
  pagesHeap: number;
  workerHeap: number;
  /** Of the extension's whole process. */
  listeners: number;
  /** In phone, popup and call window. */
  connections: number;
  liveTracks: number;
}

/** Anything that takes commands of the debugging protocol. */
type Send = (method: string, params?: object) => Promise<unknown>;

const heapSchema = z.object({ usedSize: z.number() });
const objectSchema = z.object({ result: z.object({ objectId: z.string() }) });
const queriedSchema = z.object({ objects: z.object({ objectId: z.string() }) });
const numberSchema = z.object({ result: z.object({ value: z.number() }) });
const metricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });

const GROUP = 'memory-probe';

/** How many instances of a class are left in a document, counting only those that `which` accepts and no prototypes. */
const count = async (send: Send, className: string, which = 'true'): Promise<number> => {
  const { result } = objectSchema.parse(
    await send('Runtime.evaluate', { expression: `${className}.prototype`, objectGroup: GROUP }),
  );
  const { objects } = queriedSchema.parse(
    await send('Runtime.queryObjects', { prototypeObjectId: result.objectId, objectGroup: GROUP }),
  );
  const counted = numberSchema.parse(
    await send('Runtime.callFunctionOn', {
      objectId: objects.objectId,
      functionDeclaration: `function () { return this.filter((it) => !Object.hasOwn(it, 'constructor') && ${which}).length; }`,
      returnByValue: true,
    }),
  );
  await send('Runtime.releaseObjectGroup', { objectGroup: GROUP });
  return counted.result.value;
};

const heapOf = async (send: Send): Promise<number> =>
  heapSchema.parse(await send('Runtime.getHeapUsage')).usedSize;

const sendTo = (session: CDPSession): Send => {
  // Plain strings name the protocol's methods here, so each answer is parsed.
  const send = session.send.bind(session) as (method: string, params?: object) => Promise<unknown>;
  return send;
};

/** Collects garbage and counts what is left. */
export const whatIsLeft = async (person: Person): Promise<Left> => {
  const { browser, phone } = person;
  const worker = await PhoneWindow.attachTo(
    browser.protocol,
    ({ type, url }) => type === 'service_worker' && url.startsWith(EXTENSION_ORIGIN),
  );
  const pages = browser.context.pages().filter((page) => page.url().startsWith(EXTENSION_ORIGIN));
  const sessions = await Promise.all(pages.map((page) => browser.context.newCDPSession(page)));
  const inPhone: Send = (method, params) => phone.send(method, params);
  const documents: Send[] = [inPhone, ...sessions.map(sendTo)];
  await forgetMedia(phone);
  // Twice, because objects that the first collection removes may have kept others alive until then.
  for (let round = 0; round < 2; round++) {
    for (const send of [inPhone, (method: string) => worker.send(method)])
      await send('HeapProfiler.collectGarbage');
  }
  let [connections, liveTracks] = [0, 0];
  for (const send of documents) {
    connections += await count(send, 'RTCPeerConnection');
    liveTracks += await count(send, 'MediaStreamTrack', "it.readyState === 'live'");
  }
  await inPhone('Performance.enable');
  const { metrics } = metricsSchema.parse(await inPhone('Performance.getMetrics'));
  const listeners = metrics.find(({ name }) => name === 'JSEventListeners')?.value ?? NaN;
  const left = {
    pagesHeap: await heapOf(inPhone),
    workerHeap: await heapOf((method) => worker.send(method)),
    listeners,
    connections,
    liveTracks,
  };
  await Promise.all(sessions.map((session) => session.detach()));
  await worker.detach();
  return left;
};
