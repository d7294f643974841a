import * as z from 'zod';
import { sdpWithoutCandidatesSchema, sdpSchema } from './description.ts';
import { toldNameSchema } from '../account/account.ts';
import { callIdSchema, lineIdSchema, sessionIdSchema, userIdSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { personSchema } from '../presence/presence.ts';
import { signalSchema } from './signal.ts';

/** What a call starts with. Either side may turn the camera on later. */
export const mediaSchema = z.enum(['audio', 'video']);
export type Media = z.infer<typeof mediaSchema>;

/**
 * Why a call ended. Both people's records hold the same reason. Only single phones are told `answered-elsewhere`,
 * `declined-elsewhere`, `continued-elsewhere` and `in-another-call` (the caller is in a call on another of their
 * phones).
 */
export const END_REASONS = [
  'hung-up',
  'cancelled',
  'declined',
  'busy',
  'do-not-disturb',
  'no-answer',
  'unreachable',
  'not-allowed',
  'answered-elsewhere',
  'declined-elsewhere',
  'continued-elsewhere',
  'in-another-call',
  'media-failed',
  'connection-lost',
  'server-error',
] as const;
export const endReasonSchema = z.enum(END_REASONS);
export type EndReason = z.infer<typeof endReasonSchema>;

/** Why a phone ends a call that nobody hung up. */
export const endCauseSchema = z.enum(['media-failed', 'connection-lost']);
export type EndCause = z.infer<typeof endCauseSchema>;

/** Orders the states of one call: a state with a lower number than the last is stale. */
const vSchema = z.int().positive();

/**
 * STUN and TURN servers for one call, in the shape `RTCConfiguration` takes; `expiresIn`: how long `username`
 * and `credential` are valid, in milliseconds from now, so that clocks need not agree.
 */
export const iceServersSchema = z
  .array(
    z.strictObject({
      urls: z
        .array(
          z
            .string()
            .max(256)
            .regex(/^(?:stuns?|turns?):[\w.[\]:-]+(?:\?transport=(?:udp|tcp))?$/),
        )
        .min(1)
        .max(LIMITS.iceServers),
      username: z.string().max(256).optional(),
      credential: z.string().max(256).optional(),
      expiresIn: z.int().positive().optional(),
    }),
  )
  .max(LIMITS.iceServers);
export type IceServers = z.infer<typeof iceServersSchema>;

// ── client → server ────────────────────────────────────────────────────────

export const inviteSchema = z.strictObject({
  callId: callIdSchema,
  to: userIdSchema,
  media: mediaSchema,
  offer: sdpWithoutCandidatesSchema,
});
export type Invite = z.infer<typeof inviteSchema>;

export const callRefSchema = z.strictObject({ callId: callIdSchema });
export type CallRef = z.infer<typeof callRefSchema>;

export const acceptSchema = z.strictObject({
  callId: callIdSchema,
  answer: sdpSchema,
});
export type Accept = z.infer<typeof acceptSchema>;

/** `lineId`: the connection that the signal belongs to; missing: the call's first connection. */
export const callSignalSchema = z.strictObject({
  callId: callIdSchema,
  lineId: lineIdSchema.optional(),
  signal: signalSchema,
});
export type CallSignal = z.infer<typeof callSignalSchema>;

/** How long a call was up by the phone's clock, in milliseconds: the server may learn of the end late. */
const lastedSchema = z.int().nonnegative();

export const endSchema = z.strictObject({
  callId: callIdSchema,
  cause: endCauseSchema.optional(),
  /** Missing: the call never connected. */
  lasted: lastedSchema.optional(),
});
export type End = z.infer<typeof endSchema>;

/** Whether the sender's microphone and camera are on, for another phone of the same person that takes the call over. */
export const callSourcesSchema = z.strictObject({
  callId: callIdSchema,
  microphone: z.boolean(),
  camera: z.boolean(),
});
export type CallSources = z.infer<typeof callSourcesSchema>;

/** This phone takes over a call that runs on another phone of the same person. */
export const moveSchema = z.strictObject({
  callId: callIdSchema,
  lineId: lineIdSchema,
  offer: sdpWithoutCandidatesSchema,
});
export type Move = z.infer<typeof moveSchema>;

// ── acknowledgements ───────────────────────────────────────────────────────

/** The call is placed (or was before, when an invite is repeated). */
export const placedSchema = z.strictObject({ v: vSchema, iceServers: iceServersSchema });
export type Placed = z.infer<typeof placedSchema>;

/** The call is bound to this phone. `signals`: what the caller's phone sent while the call rang. */
export const acceptedSchema = z.strictObject({
  v: vSchema,
  iceServers: iceServersSchema,
  signals: z.array(signalSchema).max(LIMITS.candidatesPerGeneration),
});
export type Accepted = z.infer<typeof acceptedSchema>;

/** The hand-over has begun: the other person's phone has been told of it. */
export const movingSchema = z.strictObject({
  v: vSchema,
  iceServers: iceServersSchema,
  /** How long the call has been up, in milliseconds. */
  connectedFor: z.int().nonnegative(),
  /** Whether this was on at the phone that the call is taken from; false if unknown. */
  microphone: z.boolean(),
  camera: z.boolean(),
});
export type Moving = z.infer<typeof movingSchema>;

/** Fresh ICE servers, as with an invite or accept: the credentials from before expire. */
export const freshIceServersSchema = z.strictObject({ iceServers: iceServersSchema });

/** Added to a refusal with the code `glare`: the call that the other person is placing at the same time. */
export const glareSchema = z.strictObject({
  callId: callIdSchema,
  offer: sdpWithoutCandidatesSchema,
  media: mediaSchema,
});

// ── server → client ────────────────────────────────────────────────────────

export const incomingSchema = z.strictObject({
  callId: callIdSchema,
  v: vSchema,
  from: personSchema,
  media: mediaSchema,
  offer: sdpWithoutCandidatesSchema,
  /** Milliseconds until the server ends the ringing; relative, so that clocks need not agree. */
  expiresIn: z.int().nonnegative(),
});
export type Incoming = z.infer<typeof incomingSchema>;

/**
 * The order of the calls that ring for a person, sent when there is more than one: favourites first, then the
 * newest.
 */
export const callQueueSchema = z.strictObject({
  /** A number lower than the last is stale. */
  v: z.int().nonnegative(),
  /** The calls that the person's phones show, the foremost first. */
  shown: z.array(callIdSchema).max(LIMITS.simultaneousRings),
  /** How many more calls wait for room: until then they ring for their callers only. */
  waiting: z.int().nonnegative(),
});
export type CallQueue = z.infer<typeof callQueueSchema>;

const callBase = { callId: callIdSchema, v: vSchema };

/** What the server decided about a call, sent to the phones concerned. */
export const callStateSchema = z.discriminatedUnion('state', [
  /** `alerting`: at least one of the callee's phones is ringing. */
  z.strictObject({ ...callBase, state: z.literal('ringing'), alerting: z.boolean() }),
  /** Only the caller's phone needs the answer. */
  z.strictObject({ ...callBase, state: z.literal('connecting'), answer: sdpSchema.optional() }),
  /**
   * `lineId`: the connection that carries the call; missing: its first connection, or the server has
   * restarted since.
   */
  z.strictObject({ ...callBase, state: z.literal('active'), lineId: lineIdSchema.optional() }),
  z.strictObject({ ...callBase, state: z.literal('ended'), reason: endReasonSchema }),
]);
export type CallState = z.infer<typeof callStateSchema>;

/**
 * Another phone of the other person takes the call over: answer its offer, and keep the present connection
 * meanwhile.
 */
export const callMovingSchema = z.strictObject({
  ...callBase,
  lineId: lineIdSchema,
  offer: sdpWithoutCandidatesSchema,
  iceServers: iceServersSchema,
});

/** A call that this person is in on another of their phones. */
export const elsewhereSchema = z.strictObject({
  callId: callIdSchema,
  peer: personSchema,
  media: mediaSchema,
  deviceId: sessionIdSchema,
  /** Null: the device gave no name. */
  deviceName: toldNameSchema.nullable(),
});
export type Elsewhere = z.infer<typeof elsewhereSchema>;

/** Null: there is no such call any more. */
export const callElsewhereSchema = z.strictObject({ call: elsewhereSchema.nullable() });
