import * as z from 'zod';
import { toldNameSchema } from '../account/account.ts';
import { sessionIdSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';

/** Times of devices, in epoch milliseconds. */
const timeSchema = z.int().nonnegative();

/** Another of the person's devices that signed in just now, or while this one was away. */
export const newDeviceSchema = z.strictObject({
  deviceId: sessionIdSchema,
  /** Null: the device gave no name. */
  name: toldNameSchema.nullable(),
  signedInAt: timeSchema,
});
export type NewDevice = z.infer<typeof newDeviceSchema>;

/** One of the person's devices: a valid sign-in. */
export const deviceSchema = z.strictObject({
  ...newDeviceSchema.shape,
  /** Exact to the hour. */
  usedAt: timeSchema,
  /** Whether it is the device that asks. */
  current: z.boolean(),
  /** Whether its phone is connected now. */
  connected: z.boolean(),
});
export type Device = z.infer<typeof deviceSchema>;

/** A person's devices, the last used first. */
export const devicesSchema = z.strictObject({ devices: z.array(deviceSchema).max(LIMITS.devices) });

export const deviceRefSchema = z.strictObject({ deviceId: sessionIdSchema });
export type DeviceRef = z.infer<typeof deviceRefSchema>;
