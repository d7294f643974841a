/** What a bench asks of the popup's page. Times are in milliseconds. */
export interface ListMoments {
  /** From the page's time origin until its first contact was painted. */
  opened: Promise<number>;
  /** Starts to wait for the next one. It waits as soon as this returns, so that none is missed. */
  await(what: 'input' | 'change'): void;
  /** `input`: from a key in the search box until what it finds was painted. `change`: when the first contact's next status was painted, in epoch milliseconds. */
  awaited: Promise<number>;
  /** Scrolls through the whole list, and resolves to how long each frame took. */
  scroll(): Promise<number[]>;
  /**
   * Starts to count what the phone sends a popup. It does so on a connection beside the popup's own, so not while
   * the popup opens.
   */
  listen(): void;
  /** Bytes of each message since `listen`; the first message holds all that a popup shows. */
  told: readonly number[];
}

declare global {
  interface Window {
    listMoments: ListMoments;
  }
}

/** Runs in a page, before its own scripts. */
export const installListMoments = (): void => {
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  /** Resolves right after the next frame was drawn. */
  const painted = async (): Promise<number> => {
    await frame();
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    return performance.now();
  };
  const firstItem = (): Element | null => document.querySelector('[role="listitem"]');

  const opening = async (): Promise<number> => {
    if (!firstItem()) {
      await new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!firstItem()) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(document, { childList: true, subtree: true });
      });
    }
    return painted();
  };

  const next = {
    input: () =>
      new Promise<number>((resolve) => {
        const listen = ({ timeStamp }: Event): void => {
          void painted().then((at) => {
            resolve(at - timeStamp);
          });
        };
        document.addEventListener('input', listen, { capture: true, once: true });
      }),
    change: () =>
      new Promise<number>((resolve) => {
        const before = firstItem()?.textContent;
        const observer = new MutationObserver(() => {
          if (firstItem()?.textContent === before) return;
          observer.disconnect();
          void painted().then((at) => {
            resolve(performance.timeOrigin + at);
          });
        });
        observer.observe(document, { childList: true, subtree: true, characterData: true });
      }),
  };

  const told: number[] = [];

  window.listMoments = {
    told,
    listen() {
      chrome.runtime.connect({ name: 'snapshots/popup' }).onMessage.addListener((message) => {
        told.push(new TextEncoder().encode(JSON.stringify(message)).length);
      });
    },
    opened: opening(),
    awaited: Promise.resolve(Number.NaN),
    await(what) {
      window.listMoments.awaited = next[what]();
    },
    async scroll() {
      const list = document.querySelector('[role="list"]');
      const times: number[] = [];
      let last = await frame();
      for (let step = 1; list && step <= 120; step += 1) {
        list.scrollTop = (list.scrollHeight * step) / 120;
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      return times;
    },
  };
};
