import type { CallSample } from '../../ipc/call-details.ts';

/**
 * Details to be copied and sent to somebody, as JSON with one line a sample. A
 * sample holds figures, kinds of candidates and names of codecs, and nothing
 * that tells who called whom or from where.
 */
export const detailsText = (samples: readonly CallSample[]): string => {
  const lines = samples.map((sample) => `  ${JSON.stringify(sample)}`).join(',\n');
  return `{ "quickCall": "call details", "samples": [\n${lines}\n] }\n`;
};
