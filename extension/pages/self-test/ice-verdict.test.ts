import { beforeEach, describe, expect, it } from 'vitest';
import { fakeMessages } from '../../../testkit/ui/fake-messages.ts';
import { iceVerdict } from './ice-verdict.ts';

beforeEach(() => {
  fakeMessages();
});

const NOTHING = { answered: [], silent: [], refused: [] };

describe('iceVerdict', () => {
  it('is good if every server works, and unneeded if there is none', () => {
    expect(iceVerdict({ ...NOTHING, answered: ['stun', 'turn-udp'] })).toEqual({ kind: 'good' });
    expect(iceVerdict(NOTHING)).toMatchObject({ kind: 'unneeded', code: 'none-set' });
  });

  it('names the servers that do not work', () => {
    const some = iceVerdict({ ...NOTHING, answered: ['turn-tcp'], silent: ['turn-udp', 'turn-tls'] });
    expect(some).toMatchObject({ kind: 'wrong', code: 'silent turn-udp turn-tls' });
    expect('text' in some && some.text).toContain('TURN (UDP), TURN (TLS)');
    expect(iceVerdict({ ...NOTHING, silent: ['stun'] })).toMatchObject({
      kind: 'wrong',
      code: 'silent stun',
    });
  });

  it('distinguishes a relay that refuses from one that does not answer', () => {
    const refused = iceVerdict({ answered: ['stun'], silent: ['turn-udp'], refused: ['turn-tcp'] });
    expect(refused).toMatchObject({ kind: 'wrong', code: 'refused turn-tcp' });
  });
});
