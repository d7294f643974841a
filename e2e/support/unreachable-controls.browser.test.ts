import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLab, type Lab } from '../../testkit/rtc/open-lab.ts';
import { unreachableControls } from './unreachable-controls.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openLab({});
});

afterAll(() => lab.close());

it('names a control that takes no pointer', async () => {
  await lab.page.setContent('<button>Free</button><p style="pointer-events: none"><button>Dead</button></p>');
  expect(await unreachableControls(lab.page, [[240, 180]], 0)).toEqual([
    expect.stringMatching(/^240×180: button “Dead” .* is under /),
  ]);
});

it('leaves a page scrolled as it was, and nothing hears of scrolling', async () => {
  const rows = '<p><button>Call</button></p>'.repeat(30);
  await lab.page.setContent(`<div style="height: 100px; overflow: auto">${rows}</div>`);
  const list = lab.page.locator('div');
  // The event of this scrolling is over before the check.
  await list.evaluate(
    (element) =>
      new Promise((resolve) => {
        element.addEventListener('scroll', resolve, { once: true });
        element.scrollTop = 300;
      }),
  );
  await list.evaluate((element) => {
    // As a virtual list does: only another place is scrolling.
    element.addEventListener('scroll', () => {
      if (element.scrollTop !== 300) element.style.pointerEvents = 'none';
    });
  });
  expect(await unreachableControls(lab.page, [[240, 180]])).toEqual([]);
  // Two frames later every event of scrolling has been told.
  await list.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  expect(await list.evaluate(({ scrollTop, style }) => [scrollTop, style.pointerEvents])).toEqual([300, '']);
});
