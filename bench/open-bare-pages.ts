import type { Page } from '@playwright/test';
import type { Person } from '../e2e/support/person.ts';
import { openBarePage } from './bare-page.ts';

/** Opens a bare page at the relay's address in each person's browser; it may use microphone and camera. */
export const openBarePages = (people: readonly Person[], relayUrl: string): Promise<Page[]> =>
  Promise.all(
    people.map(async ({ browser }) => {
      await browser.protocol.send('Browser.grantPermissions', {
        origin: new URL(relayUrl).origin,
        permissions: ['audioCapture', 'videoCapture'],
      });
      const page = await browser.context.newPage();
      await openBarePage(page, relayUrl);
      return page;
    }),
  );
