import * as z from 'zod';
import { toldNameSchema } from '../account/account.ts';
import { sessionIdSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';

/** Times of devices, in epoch milliseconds. */
const timeSchema = z.int().nonnegative();

/** A device of one's own that signed in just now, or while this one was away. */
export const newDeviceSchema = z.strictObject({
  deviceId: sessionIdSchema,
  /** Null: it did not say. */
  name: toldNameSchema.nullable(),
  signedInAt: timeSchema,
});
export type NewDevice = z.infer<typeof newDeviceSchema>;

/** One of a person's own devices: a sign-in that is valid. */
export const deviceSchema = z.strictObject({
  ...newDeviceSchema.shape,
  /** To the hour. */
  usedAt: timeSchema,
  /** The one that asks. */
  current: z.boolean(),
  /** Its phone has a connection right now. */
  connected: z.boolean(),
});
export type Device = z.infer<typeof deviceSchema>;

/** A person's devices, the one used last first. */
export const devicesSchema = z.strictObject({ devices: z.array(deviceSchema).max(LIMITS.devices) });

export const deviceRefSchema = z.strictObject({ deviceId: sessionIdSchema });
export type DeviceRef = z.infer<typeof deviceRefSchema>;
