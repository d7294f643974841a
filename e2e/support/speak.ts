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

/**
 * Writes a voice that never pauses, and gives the browser's arguments to have it in place of the fake microphone's
 * beep: what is silence is not sent, and so would not show what a slow network does to sound.
 */
export const speak = async (folder: string): Promise<string[]> => {
  const samples = Buffer.alloc(RATE * SECONDS * 2);
  for (let i = 0; i < RATE * SECONDS; i += 1) {
    const time = i / RATE;
    // A buzz with the melody and the four syllables a second of speech.
    const pitch = 2 * Math.PI * (140 * time + 3 * Math.sin(2 * Math.PI * 0.7 * time));
    const voice =
      Math.sin(pitch) + Math.sin(2 * pitch) / 2 + Math.sin(5 * pitch) / 3 + Math.sin(11 * pitch) / 5;
    const loud = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * time);
    samples.writeInt16LE(Math.round(9_000 * loud * voice), i * 2);
  }
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'voice.wav');
  await writeFile(file, Buffer.concat([header(samples.length), samples]));
  return [`--use-file-for-fake-audio-capture=${file}`];
};
