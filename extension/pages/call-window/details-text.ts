import type { CallSample } from '../../ipc/call-details.ts';

/**
 * The details as JSON to copy and send to somebody, one line for each sample. A sample contains figures,
 * candidate types and codec names, but nothing that reveals who called whom or from where.
 */
export const detailsText = (samples: readonly CallSample[]): string => {
  const lines = samples.map((sample) => `  ${JSON.stringify(sample)}`).join(',\n');
  return `{ "quickCall": "call details", "samples": [\n${lines}\n] }\n`;
};
