/** Milliseconds after which the kind or speed of a connection may count as a change again: it is an estimate, too. */
const ESTIMATES_APART = 10_000;

/**
 * Tells when this machine has a network again, or probably another one. Browsers have no event for just that: `online`
 * comes when there was none in between, and `change` of the connection also when only its estimated speed is another.
 */
export const onNetworkChange = (listener: () => void, signal: AbortSignal): void => {
  let told = -Infinity;
  const tell = (): void => {
    told = performance.now();
    listener();
  };
  window.addEventListener('online', tell, { signal });
  // Not in every browser, and in no type of ours.
  const connection: unknown = 'connection' in navigator ? navigator.connection : null;
  if (!(connection instanceof EventTarget)) return;
  connection.addEventListener(
    'change',
    () => {
      if (navigator.onLine && performance.now() - told > ESTIMATES_APART) tell();
    },
    { signal },
  );
};
