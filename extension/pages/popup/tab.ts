/** The popup's tabs, in order. */
export const TABS = ['contacts', 'history'] as const;
export type Tab = (typeof TABS)[number];
