import type { SnapshotSource } from '../ipc/publishing.ts';
import { toBackground, type BackgroundSnapshot } from '../ipc/slices.ts';

/** Tells the service worker of each change that it draws, and of nothing else: a message starts it when it sleeps. */
export const updateBackground = (
  source: SnapshotSource,
  show: (snapshot: BackgroundSnapshot) => void,
): void => {
  let told = '';
  source.subscribe(() => {
    const snapshot = toBackground(source.current);
    const text = JSON.stringify(snapshot);
    if (text === told) return;
    told = text;
    show(snapshot);
  });
};
