import { join } from 'node:path';
import { populate } from '../populate.ts';
import { openCrowd, tokensOf, type Crowd } from './crowd.ts';
import type { Options } from './options.ts';
import { pause } from './pause.ts';
import type { Result, Section } from './results.ts';
import { startOurs, startScript } from './start-servers.ts';

/** Numbers of accounts at which the bytes of one more sign-in are counted. */
const SIZES = [500, 1_000, 2_000, 5_000];

const bytesOf = ({ phones }: Crowd): number => phones.reduce((sum, phone) => sum + phone.received, 0);

/** All bytes that a server sends to everybody because one more person signs in. */
const bytesOfNewcomer = async (url: string, tokens: readonly string[], first: string): Promise<number> => {
  const crowd = openCrowd(url, tokens.slice(1), { first });
  await crowd.allUp();
  // The server merges the changes that the others' own sign-ins cause for 250 ms.
  await pause(2_000);
  const before = bytesOf(crowd);
  const newcomer = openCrowd(url, tokens.slice(0, 1), { first });
  await newcomer.allUp();
  // Everybody has been told once no byte has arrived for a second.
  let seen = -1;
  while (seen !== bytesOf(crowd)) {
    seen = bytesOf(crowd);
    await pause(1_000);
  }
  const bytes = seen - before + bytesOf(newcomer);
  crowd.close();
  newcomer.close();
  return bytes;
};

/** Bytes grow with contacts, not with accounts. */
export const growthPart = async ({ people, contacts }: Options, folder: string): Promise<Section[]> => {
  const results: Result[] = [];
  for (const size of SIZES.filter((some) => some <= people)) {
    const file = join(folder, `people-${String(size)}.db`);
    const residents = await populate({ kind: 'sqlite', file }, size, contacts);
    const ours = await startOurs({ database: `sqlite:${file}`, folder });
    const oursBytes = await bytesOfNewcomer(ours.url, tokensOf(residents), 'session:ready');
    await ours.kill();

    const full = await startScript('full-list-server.ts', folder);
    const names = ['newcomer', ...residents.slice(1).map((_, index) => `quiet-${String(index)}`)];
    const fullBytes = await bytesOfNewcomer(full.url, names, 'users');
    await full.kill();
    results.push({
      name: `${String(size)} people`,
      unit: 'kB',
      samples: [oursBytes / 1000],
      note: `full list to everybody: ${(fullBytes / 1e6).toFixed(1)} MB`,
    });
  }
  return [{ title: 'bytes that one sign-in makes the server send, to everybody together', results }];
};
