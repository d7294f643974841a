import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const RATE = 48_000;
const SECONDS = 10;

/** A 44-byte header of a WAV file: one channel of 16-bit samples. */
const header = (bytes: number): Buffer => {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes, 40);
  return head;
};

/** Four syllables a second with a melody: what the browser takes for speech, and lets through. */
const voice = (time: number): number => {
  const pitch = 2 * Math.PI * (140 * time + 3 * Math.sin(2 * Math.PI * 0.7 * time));
  const sound =
    Math.sin(pitch) + Math.sin(2 * pitch) / 2 + Math.sin(5 * pitch) / 3 + Math.sin(11 * pitch) / 5;
  return 0.25 * (0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * time)) * sound;
};

/**
 * The browser's arguments for a microphone that hears somebody speak without end (what is silence is not sent), or
 * nothing: not even a room. What it hears is a file in `folder`.
 */
export const fakeMicrophone = async (hears: 'voice' | 'nothing', folder: string): Promise<string[]> => {
  const samples = Buffer.alloc(RATE * SECONDS * 2);
  if (hears === 'voice') {
    for (let i = 0; i < RATE * SECONDS; i++)
      samples.writeInt16LE(Math.round(32_767 * voice(i / RATE)), i * 2);
  }
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${hears}.wav`);
  await writeFile(file, Buffer.concat([header(samples.length), samples]));
  return [`--use-file-for-fake-audio-capture=${file}`];
};
