import * as z from 'zod';
import type { Settings } from '../../ipc/snapshot.ts';
import { SLICES } from '../../ipc/slices.ts';
import type { KeyValueStore } from '../../host/key-value-store.ts';

const DEFAULT_SETTINGS = SLICES.settings.initial;

const choiceSchema = z.object({ deviceId: z.string(), label: z.string() }).nullable().catch(null);

// Each by itself, so that one that another version wrote differently does not reset the others.
const settingsSchema = z.object({
  ringtoneVolume: z.number().min(0).max(1).catch(DEFAULT_SETTINGS.ringtoneVolume),
  ringtoneSilent: z.boolean().catch(DEFAULT_SETTINGS.ringtoneSilent),
  messageSound: z.boolean().catch(DEFAULT_SETTINGS.messageSound),
  devices: z
    .object({ microphone: choiceSchema, camera: choiceSchema, speaker: choiceSchema, ringer: choiceSchema })
    .catch(DEFAULT_SETTINGS.devices),
}) satisfies z.ZodType<Settings>;

type Store = Pick<KeyValueStore, 'get' | 'set'>;

/** The settings of this device; what is missing or makes no sense is the default. */
export const loadSettings = async (store: Store): Promise<Settings> =>
  settingsSchema.safeParse(await store.get('settings')).data ?? DEFAULT_SETTINGS;

export const saveSettings = (store: Store, settings: Settings): Promise<void> =>
  store.set('settings', settings);

/** Applies a change that a page asks for, kept within bounds. */
export const changeSettings = (settings: Settings, change: Partial<Settings>): Settings =>
  settingsSchema.parse({ ...settings, ...change });
