/** The parts of the popup that a tab opens, in their order. */
export const TABS = ['contacts', 'history'] as const;
export type Tab = (typeof TABS)[number];
