import { expect, type Page } from '@playwright/test';
import { liveCapture, openedCapture, pictureOf, remoteLevel } from './media-probe.ts';
import type { Person } from './person.ts';

/** Louder than silence and quieter than the fake microphone's beep. */
const AUDIBLE = 0.01;

/** Calls and answers; both phones say that the call is up when this resolves. */
export const connect = async (
  caller: Person,
  callee: Person,
  media: 'audio' | 'video' = 'video',
  answer = 'Accept',
): Promise<void> => {
  await caller.call(callee.name, media);
  await callee.accept(answer);
  await Promise.all([caller.connected(), callee.connected()]);
};

/** The other's sound arrives and is played. */
export const expectSound = async (person: Person): Promise<void> => {
  await expect
    .poll(() => remoteLevel(person.phone), { message: `sound at ${person.name}` })
    .toBeGreaterThan(AUDIBLE);
};

/** The other's audio is still played, and is silent: muting must not look like a broken link. */
export const expectSilence = async (person: Person): Promise<void> => {
  await expect
    .poll(
      async () => {
        const level = await remoteLevel(person.phone);
        return level >= 0 && level < AUDIBLE;
      },
      { message: `silence at ${person.name}` },
    )
    .toBe(true);
};

/** A video shows a moving picture: pixels that change and are not black. */
export const expectPicture = async (page: Page, label: string): Promise<void> => {
  const video = page.getByLabel(label, { exact: true });
  await expect(video).toBeVisible();
  // Until the first frame, the page shows a placeholder.
  await expect
    .poll(
      () =>
        video.evaluate((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return document.elementFromPoint(x + width / 2, y + height / 2) !== element;
        }),
      { message: `something lies over “${label}”` },
    )
    .toBe(false);
  await expect
    .poll(
      async () => {
        const { changing, brightest } = await pictureOf(page, label);
        return changing && brightest > 64;
      },
      { message: `moving picture in “${label}”` },
    )
    .toBe(true);
};

/** No picture is shown under this label, moving or frozen. */
export const expectNoPicture = async (page: Page, label: string): Promise<void> => {
  await expect(page.getByLabel(label, { exact: true })).not.toBeVisible();
};

/** Each phone has captured for this call, and has let go of everything. */
export const expectReleased = async (...people: Person[]): Promise<void> => {
  for (const person of people) {
    expect(await openedCapture(person.phone), `what ${person.name}’s phone opened`).toBeGreaterThan(0);
    await person.released();
  }
};

/** The phone captures exactly this; `audio` is a microphone, `video` a camera. */
export const expectCapture = async (person: Person, kinds: string[]): Promise<void> => {
  await expect
    .poll(() => liveCapture(person.phone), { message: `${person.name}’s open capture` })
    .toEqual(kinds);
};

/** Each sees the other as free to be called. */
export const expectBothFree = async (one: Person, other: Person): Promise<void> => {
  await expect(one.contact(other.name)).toContainText('Available');
  await expect(other.contact(one.name)).toContainText('Available');
};
