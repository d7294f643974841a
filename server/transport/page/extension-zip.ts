import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';

/** The built extension as one file. */
export interface ExtensionZip {
  bytes: Uint8Array;
  /** Of `bytes`, lower-case hexadecimal. */
  sha256: string;
}

/** Gives the zip, or null while the extension is not built. */
export type ExtensionZipSource = () => Promise<ExtensionZip | null>;

/** The folder that unpacking makes. */
const FOLDER = 'quick-call';
/** The zip format's first day: times of files must not change the fingerprint. */
const TIME = new Date(1980, 0, 1);

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => file.slice(folder.length + 1)).sort();
};

const stateOf = async (folder: string, files: readonly string[]): Promise<string> => {
  const stats = await Promise.all(files.map((file) => stat(join(folder, file))));
  return stats
    .map(({ size, mtimeMs }, i) => `${files[i] ?? ''}:${String(size)}:${String(mtimeMs)}`)
    .join('\n');
};

const zip = async (folder: string, files: readonly string[]): Promise<ExtensionZip> => {
  const content: Zippable = {};
  for (const file of files) {
    const path = `${FOLDER}/${file.replaceAll('\\', '/')}`;
    content[path] = [await readFile(join(folder, file)), { mtime: TIME, level: 9 }];
  }
  const bytes = zipSync(content);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};

/**
 * Zips the built extension when it is first asked for, and again when a build
 * changed it. The same files always give the same bytes.
 */
export const createExtensionZip = (folder: string): ExtensionZipSource => {
  let made: { state: string; zip: Promise<ExtensionZip> } | null = null;
  return async () => {
    const files = await filesIn(folder).catch((): string[] => []);
    if (!files.includes('manifest.json')) return null;
    const state = await stateOf(folder, files);
    if (made?.state !== state) made = { state, zip: zip(folder, files) };
    return made.zip;
  };
};
