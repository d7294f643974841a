import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const manifestSchema = z.object({ key: z.base64() });

/**
 * Chromium's id of the extension that a key belongs to: the first half of the
 * key's SHA-256, its hexadecimal digits written as a–p.
 */
const idOfKey = (key: string): string => {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return digest.replaceAll(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
};

/** The id of the extension in this repository, from the key in its manifest. */
export const readExtensionId = (): string => {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../../../manifest.json', import.meta.url), 'utf8'),
  );
  return idOfKey(manifestSchema.parse(manifest).key);
};
