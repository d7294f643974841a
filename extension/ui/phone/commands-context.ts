import { createContext } from 'svelte';
import type { Commands } from './commands.svelte.ts';

const [useCommands, provideCommands] = createContext<Commands>();

/** The page's commands, provided once by its root component. */
export { provideCommands, useCommands };
