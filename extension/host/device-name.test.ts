import { describe, expect, it } from 'vitest';
import { deviceNameSchema } from '../../protocol/account/account.ts';
import { deviceName } from './device-name.ts';

const hints = (platform: string, ...brands: string[]) => ({
  brands: brands.map((brand) => ({ brand, version: '150' })),
  platform,
});

describe('the name of a device', () => {
  it.each([
    [hints('Linux', 'Chromium', 'Not/A)Brand'), 'Chromium on Linux'],
    [hints('macOS', 'Not;A=Brand', 'Chromium', 'Google Chrome'), 'Google Chrome on macOS'],
    [hints('Windows', 'Microsoft Edge', 'Not A Brand', 'Chromium'), 'Microsoft Edge on Windows'],
    [hints('', 'Chromium'), 'Chromium'],
    [hints('Linux', 'Not.A/Brand'), null],
    [hints('Linux'), null],
    [undefined, null],
    [{ brands: 'Chromium' }, null],
  ])('%j', (said, name) => {
    expect(deviceName(said)).toBe(name);
  });

  it('is one that the server takes, however long', () => {
    expect(deviceNameSchema.safeParse(deviceName(hints('Linux', 'x'.repeat(200)))).success).toBe(true);
  });
});
