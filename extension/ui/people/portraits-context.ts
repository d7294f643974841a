import { createContext } from 'svelte';
import type { Portraits } from './portraits.ts';

const [usePortraits, providePortraits] = createContext<Portraits>();

/** The page's pictures of people, provided once by its root component. */
export { providePortraits, usePortraits };
