import { createContext } from 'svelte';

const [useServerNow, provideServerNow] = createContext<() => number>();

/**
 * The server's time in epoch milliseconds, provided once by a page's root component: how long ago a moment was that the
 * server told is counted by the server's clock, because the computer's may be wrong by hours.
 */
export { provideServerNow, useServerNow };
