import { expect, it, vi } from 'vitest';
import { endedRecord, ringingRecord } from '../../../testkit/server/call-records.ts';
import type { CallRecord } from '../../calls/call-record.ts';
import type { CallRecords } from '../../calls/ports.ts';
import { Refused, type RefusalCode } from '../../refused.ts';
import { createPatientCallRecords } from './patient-call-records.ts';

/** Records that are refused with a code, or never answered, until `state.is` is `usable`. */
const openRecords = () => {
  const written: CallRecord[] = [];
  const state: { is: 'usable' | 'silent' | RefusalCode | Error } = { is: 'usable' };
  const records: CallRecords = {
    save(record) {
      const { is } = state;
      if (is === 'silent') return new Promise(() => undefined);
      if (is !== 'usable') return Promise.reject(is instanceof Error ? is : new Refused(is));
      written.push(record);
      return Promise.resolve();
    },
    recent: () => Promise.resolve([...written]),
    removeEndedBefore: () => Promise.resolve(0),
  };
  return { written, state, patient: createPatientCallRecords(records) };
};

const ringing = ringingRecord('ada', 'bob');
const ended = { ...endedRecord('ada', 'bob'), callId: ringing.callId };

it('writes a step before it answers, as long as that works', async () => {
  const { written, patient } = openRecords();
  await patient.save(ringing);
  expect(written).toEqual([ringing]);
  await patient.close();
});

it.each(['storage-full', 'unavailable', 'silent'] as const)(
  'lets a call go on while it is %s, and writes its newest step afterwards',
  async (is) => {
    vi.useFakeTimers();
    try {
      const { written, state, patient } = openRecords();
      state.is = is;
      const first = patient.save(ringing);
      await vi.advanceTimersByTimeAsync(250);
      await first;
      await patient.save(ended);
      // A node that repeats an earlier step does not undo the later one.
      await patient.save(ringing);
      if (is !== 'silent') await vi.advanceTimersByTimeAsync(2000);
      expect(written).toEqual([]);
      state.is = 'usable';
      await vi.advanceTimersByTimeAsync(500);
      expect(written).toEqual([ended]);
      await patient.save(ended);
      expect(written).toEqual([ended, ended]);
      await patient.close();
    } finally {
      vi.useRealTimers();
    }
  },
);

it('writes what waits when it is closed', async () => {
  const { written, state, patient } = openRecords();
  state.is = 'storage-full';
  await patient.save(ringing);
  state.is = 'usable';
  await patient.close();
  expect(written).toEqual([ringing]);
});

it('passes on an error that does not pass by itself', async () => {
  const { state, patient } = openRecords();
  state.is = new Error('no such table');
  await expect(patient.save(ringing)).rejects.toThrow('no such table');
  await patient.close();
});
