import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { CallId } from '../../protocol/ids.ts';
import { callRecords, type CallRow } from './call-records.ts';
import { liveCapture } from './media-probe.ts';
import { Person } from './person.ts';
import { RecordingProxy } from './recording-proxy.ts';
import { startServer } from './start-server.ts';
import { watchRings } from './watch-rings.ts';

/** A person, and the connection between their phone and the server, on which messages can be held back or lost. */
export interface Party {
  readonly person: Person;
  readonly line: RecordingProxy;
}

/** Reasons that a single device may show instead of the one on record. */
const OF_ONE_DEVICE = ['answered-elsewhere', 'declined-elsewhere'];
const PEOPLE = ['ada', 'grace', 'graceLaptop', 'linus'] as const;

/** Ada, Grace with two devices, and Linus, each behind a line of their own to one server. */
export class RaceScene {
  readonly ada: Party;
  readonly grace: Party;
  readonly graceLaptop: Party;
  readonly linus: Party;
  readonly #databaseFile: string;
  readonly #close: () => Promise<void>;

  private constructor(
    parties: Pick<RaceScene, (typeof PEOPLE)[number]>,
    file: string,
    close: () => Promise<void>,
  ) {
    this.ada = parties.ada;
    this.grace = parties.grace;
    this.graceLaptop = parties.graceLaptop;
    this.linus = parties.linus;
    this.#databaseFile = file;
    this.#close = close;
  }

  static async open(): Promise<RaceScene> {
    const folder = await mkdtemp(join(tmpdir(), 'quick-call-races-'));
    const file = join(folder, 'calls.db');
    const server = await startServer({ DATABASE_URL: `sqlite:${file}` });
    const party = async (name: string): Promise<Party> => {
      const line = await RecordingProxy.start(server.url);
      const person = await Person.signedUp(name, line.url);
      await watchRings(person);
      return { person, line };
    };
    const [ada, grace, linus] = await Promise.all([party('Ada'), party('Grace'), party('Linus')]);
    const parties = { ada, grace, linus, graceLaptop: await party('Grace') };
    return new RaceScene(parties, file, async () => {
      for (const name of PEOPLE) {
        await parties[name].person.close();
        await parties[name].line.close();
      }
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    });
  }

  get records(): CallRow[] {
    return callRecords(this.#databaseFile);
  }

  get parties(): Party[] {
    return PEOPLE.map((name) => this[name]);
  }

  /** The state of a call on the server's record. */
  stateOf(callId: CallId): string | undefined {
    return this.records.find((row) => row.callId === callId)?.state;
  }

  /**
   * A call ended for this reason, and everybody agrees: the record, the histories of both, each phone that still
   * shows it. Nobody rings, is busy, or captures.
   */
  async expectEnded(callId: CallId, reason: string, people: readonly Party[]): Promise<void> {
    await expect
      .poll(() => this.records.filter((row) => row.callId === callId), { message: 'the record' })
      .toMatchObject([{ state: 'ended', reason }]);
    for (const { person } of people) {
      await expect
        .poll(async () => (await person.snapshot()).incoming, { message: `what rings at ${person.name}` })
        .toEqual([]);
      await expect
        .poll(() => shownReason(person, callId), { message: `what ${person.name}’s phone shows` })
        .toMatch(new RegExp(`^(${[reason, 'nothing', ...OF_ONE_DEVICE].join('|')})$`));
      await expect
        .poll(() => reasonsInHistory(person, callId), { message: `${person.name}’s history` })
        .toEqual([reason]);
    }
    await this.expectAtRest();
  }

  /** No call goes on anywhere: nobody is busy, nothing is captured. */
  async expectAtRest(): Promise<void> {
    expect(this.records.filter(({ state }) => state !== 'ended')).toEqual([]);
    for (const { person } of this.parties) {
      await expect
        .poll(() => statuses(person), { message: `who is free, to ${person.name}` })
        .toEqual(['available']);
      expect(await liveCapture(person.phone), `what ${person.name}’s phone captures`).toEqual([]);
    }
  }

  async reset(): Promise<void> {
    await Promise.all(this.parties.map(({ person }) => person.reset()));
    for (const { person } of this.parties) expect(await person.ask('see-history', {})).toEqual({ ok: true });
  }

  close(): Promise<void> {
    return this.#close();
  }
}

const shownReason = async (person: Person, callId: CallId): Promise<string> => {
  const { call } = await person.snapshot();
  if (call?.callId !== callId) return 'nothing';
  return call.phase.kind === 'ended' ? call.phase.reason : call.phase.kind;
};

const reasonsInHistory = async (person: Person, callId: CallId): Promise<string[]> => {
  const page = await person.ask('history-page', { limit: 20 });
  if (!page.ok) throw new Error(page.code);
  return page.entries.filter((entry) => entry.callId === callId).map(({ reason }) => reason);
};

/** The statuses that this person sees of all others. */
const statuses = async (person: Person): Promise<string[]> => {
  const { contacts } = await person.snapshot();
  return [...new Set(contacts.map(({ status }) => status))];
};
