import { isOwnSender, type MessagePort, type MessageRuntime } from '../host/message-runtime.ts';
import { deltaOf, type Fields } from './delta.ts';
import { slicesOver } from './snapshot-port.ts';
import type { Snapshot } from './slices.ts';

/** The source of published slices. `subscribe` notifies of changes. */
export interface SnapshotSource {
  readonly current: Snapshot;
  subscribe(listener: () => void): void;
}

/** Sends each page that connects its slices: first whole, then only their changes. */
export const publishSnapshots = (
  runtime: Pick<MessageRuntime, 'id' | 'root' | 'onConnect'>,
  source: SnapshotSource,
): void => {
  /** For each connected page, the function that sends it the changes since its last message. */
  const pages = new Map<MessagePort, () => void>();
  runtime.onConnect.addListener((port) => {
    const slices = slicesOver(port.name);
    if (slices === null || !isOwnSender(port.sender, runtime)) return;
    const seen = (): Fields => Object.fromEntries(slices.map((name) => [name, source.current[name]]));
    let sent = seen();
    port.postMessage(sent);
    pages.set(port, () => {
      const now = seen();
      const delta = deltaOf(sent, now) ?? now;
      sent = now;
      if (Object.keys(delta).length > 0) port.postMessage(delta);
    });
    port.onDisconnect.addListener(() => pages.delete(port));
  });
  source.subscribe(() => {
    for (const tell of pages.values()) tell();
  });
};
