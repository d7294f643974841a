import { LightPhone, loopbackAddress } from '../light-phone.ts';
import type { Resident } from '../../testkit/server/add-residents.ts';
import { pause } from './pause.ts';

/** How long the bench waits for everybody to become ready, in milliseconds. */
const UP_WITHIN = 180_000;

/** Many connected people who receive events. */
export interface Crowd {
  readonly phones: readonly LightPhone[];
  /** Resolves when everybody has become ready once more since this was called. */
  allUp(): Promise<void>;
  close(): void;
}

/** Connects everybody at once. `onEvent` receives all their events. */
export const openCrowd = (
  url: string,
  tokens: readonly string[],
  options: { first?: string; onEvent?: (event: string) => void } = {},
): Crowd => {
  let ups = 0;
  const phones = tokens.map(
    (token, index) =>
      new LightPhone(url, {
        token,
        localAddress: loopbackAddress(index),
        ...options,
        onReady: () => {
          ups += 1;
        },
      }),
  );
  return {
    phones,
    async allUp() {
      const until = performance.now() + UP_WITHIN;
      while (ups < tokens.length) {
        if (performance.now() > until) throw new Error(`${String(ups)} of ${String(tokens.length)} came up`);
        await pause(10);
      }
      ups = 0;
    },
    close() {
      for (const phone of phones) phone.close();
    },
  };
};

/** The tokens of the people of a database. */
export const tokensOf = (residents: readonly Resident[]): string[] => residents.map(({ token }) => token);
