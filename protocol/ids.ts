import * as z from 'zod';

/** A UUID made by the phone that places the call, so that an invite may be repeated safely. */
export const callIdSchema = z.uuid();
/** A UUID made by the phone that sends the message, so that sending may be repeated safely. */
export const messageIdSchema = z.uuid();
/**
 * A UUID made by the phone that takes a call over. It identifies one peer connection between two phones; a
 * call's first connection has none.
 */
export const lineIdSchema = z.uuid();
/** A UUID that the server gives an account. */
export const userIdSchema = z.uuid();
/** A UUID that the server gives a sign-in (a device). */
export const sessionIdSchema = z.uuid();
/** A UUID that each offscreen document makes when it starts. */
export const instanceIdSchema = z.uuid();

export type CallId = z.infer<typeof callIdSchema>;
export type MessageId = z.infer<typeof messageIdSchema>;
export type LineId = z.infer<typeof lineIdSchema>;
export type UserId = z.infer<typeof userIdSchema>;
export type SessionId = z.infer<typeof sessionIdSchema>;
export type InstanceId = z.infer<typeof instanceIdSchema>;
