import { afterEach, expect, it, vi } from 'vitest';
import { createProviderCheck } from './create-provider-check.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('asks at most every five seconds, and logs one line when the provider is away and one when it is back', async () => {
  vi.useFakeTimers();
  const network = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
  const reach = vi.fn<() => Promise<void>>();
  reach.mockRejectedValue(new TypeError('fetch failed', { cause: network }));
  const lines: unknown[] = [];
  const write = (...line: unknown[]) => void lines.push(line);
  const check = createProviderCheck({ reach }, 'https://id.example.org', { warn: write, info: write });
  for (let seconds = 0; seconds < 11; seconds += 1) {
    await expect(check()).rejects.toThrow('fetch failed');
    vi.advanceTimersByTime(1000);
  }
  expect(reach).toHaveBeenCalledTimes(3);
  const issuer = 'https://id.example.org';
  const away = [
    { issuer, why: 'ECONNREFUSED' },
    'OIDC_ISSUER cannot be reached: nobody can sign in with it until it answers',
  ];
  expect(lines).toEqual([away]);
  reach.mockResolvedValue();
  vi.advanceTimersByTime(5000);
  await check();
  expect(lines).toEqual([away, [{ issuer }, 'OIDC_ISSUER can be reached']]);
});
