import * as z from 'zod';

/** What a browser says of itself (User-Agent Client Hints); not yet in TypeScript's library. */
const hintsSchema = z.object({
  brands: z.array(z.object({ brand: z.string() })),
  platform: z.string(),
});

const NAME_MAX = 64;

/** An invented brand, so that nobody relies on the list, e.g. "Not;A=Brand" (GREASE). */
const isMadeUp = (brand: string): boolean => /not.*a.*brand/i.test(brand);

/**
 * What this device calls itself, e.g. "Google Chrome on macOS". A browser that
 * is built on Chromium names both: its own name comes first. Null: it does not say.
 */
export const deviceName = (hints: unknown): string | null => {
  const { data } = hintsSchema.safeParse(hints);
  const brands = data?.brands.map(({ brand }) => brand).filter((brand) => !isMadeUp(brand)) ?? [];
  const browser = brands.find((brand) => brand !== 'Chromium') ?? brands[0];
  if (data === undefined || browser === undefined) return null;
  return (data.platform === '' ? browser : `${browser} on ${data.platform}`).slice(0, NAME_MAX);
};
