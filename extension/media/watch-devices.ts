import type { DeviceLists } from '../ipc/snapshot.ts';
import { deviceLists } from './device-lists.ts';

/**
 * Tells the devices of this machine, now and whenever one comes or goes, until `signal` aborts.
 * Returns a way to look again, for what the browser has no event for: names that it tells from now on.
 * It never rejects.
 */
export const watchDevices = (
  listener: (lists: DeviceLists) => void,
  signal: AbortSignal,
  mediaDevices: MediaDevices = navigator.mediaDevices,
): (() => Promise<void>) => {
  let latest = 0;
  const look = async (): Promise<void> => {
    const turn = ++latest;
    // Rejected only by a document that is going away.
    const infos = await mediaDevices.enumerateDevices().catch(() => null);
    // Answers may overtake each other.
    if (infos && turn === latest && !signal.aborted) listener(deviceLists(infos));
  };
  mediaDevices.addEventListener('devicechange', () => void look(), { signal });
  void look();
  return look;
};
