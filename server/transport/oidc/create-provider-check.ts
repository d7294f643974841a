import type { Logger } from 'pino';
import type { Provider } from './provider.ts';

/** Milliseconds for which an answer holds, so that many probes ask the provider once. */
const HOLDS = 5_000;

/** Network errors say least in their own message and most in the code of their cause. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
};

/**
 * Asks whether the provider has been found, and rejects if not. Logs one line when it cannot be reached and one
 * when it can.
 */
export const createProviderCheck = (
  provider: Pick<Provider, 'reach'>,
  issuer: string,
  log: Pick<Logger, 'warn' | 'info'>,
): (() => Promise<void>) => {
  let isAway = false;
  let last: { at: number; answer: Promise<void> } | null = null;
  const ask = async (): Promise<void> => {
    try {
      await provider.reach();
    } catch (error) {
      if (!isAway) {
        log.warn(
          { issuer, why: reasonOf(error) },
          'OIDC_ISSUER cannot be reached: nobody can sign in with it until it answers',
        );
      }
      isAway = true;
      throw error;
    }
    if (isAway) log.info({ issuer }, 'OIDC_ISSUER can be reached');
    isAway = false;
  };
  return () => {
    const now = performance.now();
    if (last === null || now - last.at >= HOLDS) last = { at: now, answer: ask() };
    return last.answer;
  };
};
