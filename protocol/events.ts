import * as z from 'zod';
import { accountSchema } from './account/account.ts';
import {
  acceptedSchema,
  acceptSchema,
  callElsewhereSchema,
  callMovingSchema,
  callQueueSchema,
  callRefSchema,
  callSignalSchema,
  callSourcesSchema,
  callStateSchema,
  endSchema,
  freshIceServersSchema,
  glareSchema,
  incomingSchema,
  inviteSchema,
  moveSchema,
  movingSchema,
  placedSchema,
} from './calls/call.ts';
import {
  blockedSchema,
  codeRefSchema,
  madeCodeSchema,
  pendingSchema,
  personRefSchema,
  usernameRefSchema,
} from './people/contacts.ts';
import { deviceRefSchema, devicesSchema, newDeviceSchema } from './devices/device.ts';
import { contactMarkSchema } from './people/marks.ts';
import { historyChangedSchema, historyPageSchema, historyQuerySchema } from './history/history.ts';
import {
  idleSchema,
  lastSeenChoiceSchema,
  ownPresenceSchema,
  personSchema,
  presenceChangeSchema,
  statusChoiceSchema,
  textChoiceSchema,
} from './presence/presence.ts';
import { characterSchema, errorCodeSchema, retryAfterSchema, type ErrorCode } from './errors.ts';
import {
  conversationRefSchema,
  foundMessageSchema,
  messageMarksSchema,
  messagePageSchema,
  messagePositionSchema,
  messageSearchResultSchema,
  messageSearchSchema,
  messagesDeliveredSchema,
  messagesFoundSchema,
  messageTakenSchema,
  sendMessageSchema,
} from './chat/message.ts';
import {
  contactChangedSchema,
  contactRemovedSchema,
  drainingSchema,
  readySchema,
  serverTimeSchema,
  sessionEndedSchema,
} from './account/session.ts';
import { privacyChoiceSchema, privacySchema } from './people/privacy.ts';
import { testStepSchema, testTakenSchema } from './calls/test-call.ts';

const nothing: z.ZodType<object> = z.strictObject({});
const versioned = z.strictObject({ v: z.int().positive() });

/**
 * Events that a phone sends, each with its payload and the result of a success. Each is acknowledged and may
 * be repeated safely.
 */
export const CLIENT_EVENTS = {
  'presence:set': { payload: statusChoiceSchema, result: ownPresenceSchema },
  'presence:text': { payload: textChoiceSchema, result: ownPresenceSchema },
  'presence:last-seen': { payload: lastSeenChoiceSchema, result: ownPresenceSchema },
  'presence:idle': { payload: idleSchema, result: nothing },
  'privacy:set': { payload: privacyChoiceSchema, result: privacySchema },
  'contact:mark': { payload: contactMarkSchema, result: nothing },
  'contact:request': { payload: usernameRefSchema, result: nothing },
  'contact:cancel': { payload: usernameRefSchema, result: nothing },
  'contact:accept': { payload: personRefSchema, result: nothing },
  'contact:decline': { payload: personRefSchema, result: nothing },
  'contact:remove': { payload: personRefSchema, result: nothing },
  'contact:make-code': { payload: nothing, result: madeCodeSchema },
  'contact:revoke-code': { payload: nothing, result: nothing },
  'contact:redeem': { payload: codeRefSchema, result: personSchema },
  'contact:block': { payload: personRefSchema, result: nothing },
  'contact:unblock': { payload: personRefSchema, result: nothing },
  'call:invite': { payload: inviteSchema, result: placedSchema },
  'call:ringing': { payload: callRefSchema, result: versioned },
  'call:accept': { payload: acceptSchema, result: acceptedSchema },
  'call:signal': { payload: callSignalSchema, result: nothing },
  'call:connected': { payload: callRefSchema, result: versioned },
  'call:sources': { payload: callSourcesSchema, result: nothing },
  'call:end': { payload: endSchema, result: versioned },
  'call:move': { payload: moveSchema, result: movingSchema },
  'call:resume': { payload: callRefSchema, result: callStateSchema },
  'call:ice-servers': { payload: callRefSchema, result: freshIceServersSchema },
  'call:test': { payload: testStepSchema, result: testTakenSchema },
  'message:send': { payload: sendMessageSchema, result: messageTakenSchema },
  'message:page': { payload: messagePageSchema, result: messagesFoundSchema },
  'message:delivered': { payload: messagesDeliveredSchema, result: nothing },
  'message:read': { payload: messagePositionSchema, result: nothing },
  'message:typing': { payload: conversationRefSchema, result: nothing },
  'message:search': { payload: messageSearchSchema, result: messageSearchResultSchema },
  'history:page': { payload: historyQuerySchema, result: historyPageSchema },
  'history:seen': { payload: nothing, result: nothing },
  'history:delete': { payload: callRefSchema, result: nothing },
  'history:clear': { payload: nothing, result: nothing },
  'device:list': { payload: nothing, result: devicesSchema },
  'device:sign-out': { payload: deviceRefSchema, result: nothing },
  'device:sign-out-others': { payload: nothing, result: nothing },
} as const;

/** Events that the server sends, each with its payload. None is acknowledged. */
export const SERVER_EVENTS = {
  'session:ready': readySchema,
  'session:ended': sessionEndedSchema,
  'server:time': serverTimeSchema,
  'server:draining': drainingSchema,
  'account:changed': accountSchema,
  'presence:own': ownPresenceSchema,
  'privacy:own': privacySchema,
  'presence:changed': presenceChangeSchema,
  'contact:changed': contactChangedSchema,
  'contact:removed': contactRemovedSchema,
  'contact:marked': contactMarkSchema,
  'contact:pending': pendingSchema,
  'contact:blocked': blockedSchema,
  'contact:unblocked': personRefSchema,
  'call:incoming': incomingSchema,
  'call:queue': callQueueSchema,
  'call:state': callStateSchema,
  'call:signal': callSignalSchema,
  'call:test': testStepSchema,
  'message:new': foundMessageSchema,
  'message:marks': messageMarksSchema,
  'message:seen': messagePositionSchema,
  'message:typing': conversationRefSchema,
  'history:changed': historyChangedSchema,
  'call:moving': callMovingSchema,
  'call:elsewhere': callElsewhereSchema,
  'device:added': newDeviceSchema,
} as const;

export type ClientEvent = keyof typeof CLIENT_EVENTS;
export type ServerEvent = keyof typeof SERVER_EVENTS;
export type ClientPayload<E extends ClientEvent> = z.infer<(typeof CLIENT_EVENTS)[E]['payload']>;
export type ClientResult<E extends ClientEvent> = z.infer<(typeof CLIENT_EVENTS)[E]['result']>;
/** Whether a name from the wire is an event that phones send. */
export const isClientEvent = (name: unknown): name is ClientEvent =>
  typeof name === 'string' && Object.hasOwn(CLIENT_EVENTS, name);

export type ServerPayload<E extends ServerEvent> = z.infer<(typeof SERVER_EVENTS)[E]>;

/** A refusal. Only `rate-limited`, `bad-character` and `glare` carry more than their codes. */
export const refusalSchema = z.union([
  z.strictObject({
    ok: z.literal(false),
    code: errorCodeSchema.exclude(['glare']),
    /** With `rate-limited` only. */
    retryAfter: retryAfterSchema.optional(),
    /** With `bad-character` only. */
    character: characterSchema.optional(),
  }),
  z.strictObject({ ok: z.literal(false), code: z.literal('glare'), ...glareSchema.shape }),
]);
export type Refusal = z.infer<typeof refusalSchema>;

/** The answer to a request: its result with `ok: true`, or a refusal. */
export type Ack<Result> = ({ ok: true } & Result) | Refusal;

/** Socket.IO's event map, client → server. */
export type ClientToServerEvents = {
  [E in ClientEvent]: (payload: ClientPayload<E>, ack: (answer: Ack<ClientResult<E>>) => void) => void;
};

/** Socket.IO's event map, server → client. */
export type ServerToClientEvents = {
  [E in ServerEvent]: (payload: ServerPayload<E>) => void;
};

/** A refusal that carries only its code. */
export const refuse = (code: Exclude<ErrorCode, 'glare'>): Refusal => ({ ok: false, code });
