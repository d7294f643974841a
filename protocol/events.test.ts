import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENT_EVENTS, refusalSchema, refuse, SERVER_EVENTS } from './events.ts';
import { handshakeSchema } from './handshake.ts';
import { signalSchema } from './calls/signal.ts';
import { contactSchema, presenceChangeSchema } from './presence/presence.ts';

const ID = '5d3c1a52-9d6f-4a53-8a53-0d1c2b3a4f5e';

const schemas = [
  ...Object.values(CLIENT_EVENTS).map(({ payload }) => payload),
  ...Object.values(SERVER_EVENTS),
  handshakeSchema,
];

describe('every payload', () => {
  it('is an object, and is refused with an unknown field', () => {
    const anything = fc.oneof(fc.anything(), fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(anything, (value) => {
        // Some payloads are objects without fields.
        fc.pre(typeof value !== 'object' || value === null || Object.keys(value).length > 0);
        return schemas.every((schema) => !schema.safeParse(value).success);
      }),
      { numRuns: 300 },
    );
    expect(CLIENT_EVENTS['call:end'].payload.safeParse({ callId: ID }).success).toBe(true);
    expect(CLIENT_EVENTS['call:end'].payload.safeParse({ callId: ID, from: ID }).success).toBe(false);
  });

  it('does not take a prototype', () => {
    const polluted: unknown = JSON.parse(`{"callId":"${ID}","__proto__":{"cause":"media-failed"}}`);
    expect(CLIENT_EVENTS['call:end'].payload.safeParse(polluted).success).toBe(false);
  });
});

describe('signals', () => {
  const signal = {
    kind: 'candidates',
    seq: 0,
    ufrag: 'Ab+/',
    candidates: [{ candidate: '', sdpMid: null, sdpMLineIndex: null }],
  };

  it('are bounded', () => {
    expect(signalSchema.safeParse(signal).success).toBe(true);
    for (const wrong of [
      { candidates: [] },
      { candidates: Array.from({ length: 31 }, () => signal.candidates[0]) },
      { ufrag: 'abc' },
      { ufrag: 'a=b:' },
      { seq: -1 },
      { seq: 0.5 },
      { kind: 'other' },
    ]) {
      expect([wrong, signalSchema.safeParse({ ...signal, ...wrong }).success]).toEqual([wrong, false]);
    }
  });
});

describe('refusals', () => {
  it('carry a code, and only glare carries more', () => {
    expect(refusalSchema.parse(refuse('busy'))).toEqual({ ok: false, code: 'busy' });
    expect(refusalSchema.safeParse({ ok: false, code: 'glare' }).success).toBe(false);
    expect(refusalSchema.safeParse({ ok: false, code: 'busy', why: 'x' }).success).toBe(false);
    expect(refusalSchema.safeParse({ ok: false, code: 'whatever' }).success).toBe(false);
  });
});

describe('presence', () => {
  it('never shows that somebody chose to appear offline', () => {
    const change = { userId: ID, status: 'offline', v: 0 };
    expect(presenceChangeSchema.safeParse(change).success).toBe(true);
    expect(presenceChangeSchema.safeParse({ ...change, status: 'appear-offline' }).success).toBe(false);
    expect(contactSchema.safeParse(change).success).toBe(false);
  });
});
