import type { Permissions } from '../ipc/snapshot.ts';

/**
 * Tells the permission to capture, now and at each change, until `signal` aborts.
 * Resolves after the first report. A grant given in any page of the extension arrives here too.
 */
export const watchPermissions = async (
  listener: (permissions: Permissions) => void,
  signal: AbortSignal,
): Promise<void> => {
  const [microphone, camera] = await Promise.all([
    navigator.permissions.query({ name: 'microphone' }),
    navigator.permissions.query({ name: 'camera' }),
  ]);
  if (signal.aborted) return;
  const tell = (): void => {
    listener({ microphone: microphone.state, camera: camera.state });
  };
  microphone.addEventListener('change', tell, { signal });
  camera.addEventListener('change', tell, { signal });
  tell();
};
