import { isOwnSender, type MessagePort, type MessageRuntime } from '../host/message-runtime.ts';
import { SNAPSHOT_PORT } from './protocol.ts';
import type { Snapshot } from './snapshot.ts';

/** Where published slices come from. `subscribe` gives slices that changed. */
export interface SnapshotSource {
  readonly current: Snapshot;
  subscribe(listener: (changed: Partial<Snapshot>) => void): void;
}

/** Sends every view that connects the whole snapshot at once, and then each changed slice. */
export const publishSnapshots = (
  runtime: Pick<MessageRuntime, 'id' | 'onConnect'>,
  source: SnapshotSource,
): void => {
  const views = new Set<MessagePort>();
  runtime.onConnect.addListener((port) => {
    if (port.name !== SNAPSHOT_PORT || !isOwnSender(port.sender, runtime.id)) return;
    views.add(port);
    port.onDisconnect.addListener(() => views.delete(port));
    port.postMessage(source.current);
  });
  source.subscribe((changed) => {
    for (const port of views) port.postMessage(changed);
  });
};
