import type { CallRecord } from '../../calls/call-record.ts';
import type { CallRecords } from '../../calls/ports.ts';
import { Refused } from '../../refused.ts';

/** Milliseconds for which a step of a call waits to be written: a person waits for the answer. */
const PATIENCE = 250;
/** Milliseconds between two tries to write what could not be written. */
const TRY_AGAIN = 500;

/** Records of calls that may be written later than they are saved. */
export interface PatientCallRecords extends CallRecords {
  /** Tries once more to write what waits, and never again. */
  close(): Promise<void>;
}

/**
 * Lets calls go on while their steps cannot be written. The newest step of each call is kept in memory and
 * written as soon as that works. If the process dies before, these steps are lost.
 */
export const createPatientCallRecords = (records: CallRecords): PatientCallRecords => {
  const waiting = new Map<string, CallRecord>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  let isClosed = false;

  const wait = (record: CallRecord): void => {
    const known = waiting.get(record.callId);
    if (known?.placedAt === record.placedAt && known.v > record.v) return;
    waiting.set(record.callId, record);
    writeLater();
  };
  const writeWaiting = async (): Promise<void> => {
    for (const record of [...waiting.values()]) {
      try {
        await records.save(record);
      } catch (error) {
        if (error instanceof Refused) return;
        // It cannot be written at all, and whoever asked has had the answer.
      }
      if (waiting.get(record.callId) === record) waiting.delete(record.callId);
    }
  };
  const writeLater = (): void => {
    if (timer !== undefined || isClosed) return;
    timer = setTimeout(() => {
      writing = writeWaiting().then(() => {
        timer = undefined;
        if (waiting.size > 0) writeLater();
      });
    }, TRY_AGAIN);
  };
  /** Whether it is written; rejects if it never can be. */
  const written = (record: CallRecord): Promise<boolean> =>
    records.save(record).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refused) return false;
        throw error;
      },
    );

  return {
    ...records,
    async save(record) {
      // An earlier step of the call waits already: this one would, too.
      if (!waiting.has(record.callId)) {
        const { promise: late, resolve } = Promise.withResolvers<boolean>();
        const patience = setTimeout(resolve, PATIENCE, false);
        const isWritten = await Promise.race([written(record), late]).finally(() => {
          clearTimeout(patience);
        });
        if (isWritten) return;
      }
      wait(record);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await writing;
      await writeWaiting();
    },
  };
};
