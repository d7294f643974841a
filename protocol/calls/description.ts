import * as z from 'zod';
import { candidateLineSchema } from './candidate.ts';
import { LIMITS } from '../limits.ts';

/** The media lines of every call: sound, camera, screen, data channel. */
export const MEDIA_LINES = ['audio', 'video', 'video', 'application'] as const;

const linesOf = (sdp: string): string[] => sdp.split(/\r?\n/);

/**
 * Whether `sdp` is a session description (RFC 8866, RFC 8829) with the media lines of every call and a bounded
 * number of candidates, all of which may be contacted.
 */
export const isExpectedDescription = (sdp: string): boolean => {
  const lines = linesOf(sdp);
  if (lines[0] !== 'v=0') return false;
  const media = lines.filter((line) => line.startsWith('m=')).map((line) => line.slice(2).split(' ')[0]);
  if (media.length !== MEDIA_LINES.length || !media.every((kind, i) => kind === MEDIA_LINES[i])) return false;
  const candidates = lines.filter((line) => line.startsWith('a=candidate:'));
  return (
    candidates.length <= LIMITS.candidatesPerGeneration &&
    candidates.every((line) => candidateLineSchema.safeParse(line.slice(2)).success)
  );
};

const boundedSdp = z.string().min(1).max(LIMITS.descriptionLength);

/** A session description for a running call: it may contain candidates. */
export const sdpSchema = boundedSdp.refine(isExpectedDescription);

/** A session description that is sent while the call rings: it must not reveal an address. */
export const sdpWithoutCandidatesSchema = boundedSdp.refine(
  (sdp) => isExpectedDescription(sdp) && !linesOf(sdp).some((line) => line.startsWith('a=candidate:')),
);

export const descriptionSchema = z.strictObject({
  type: z.enum(['offer', 'answer']),
  sdp: sdpSchema,
});
