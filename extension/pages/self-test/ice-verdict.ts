import type { IceReach, IceWay } from '../../ipc/protocol.ts';
import { t } from '../../ui/i18n/messages.ts';
import type { Verdict } from './check.ts';

/** Protocol names, the same in every language. */
const WAYS: Record<IceWay, string> = {
  stun: 'STUN',
  'turn-udp': 'TURN (UDP)',
  'turn-tcp': 'TURN (TCP)',
  'turn-tls': 'TURN (TLS)',
};

const named = (ways: readonly IceWay[]): string => ways.map((way) => WAYS[way]).join(', ');

/** Judges what working and failing STUN and TURN servers mean for calls. */
export const iceVerdict = ({ answered, silent, refused }: IceReach): Verdict => {
  if (refused.length > 0) {
    return {
      kind: 'wrong',
      code: `refused ${refused.join(' ')}`,
      text: t('fixRefusedIceServers', named(refused)),
    };
  }
  if (silent.length > 0) {
    const text = answered.length > 0 ? t('fixSomeIceServers', named(silent)) : t('fixIceServers');
    return { kind: 'wrong', code: `silent ${silent.join(' ')}`, text };
  }
  if (answered.length === 0) return { kind: 'unneeded', code: 'none-set', text: t('noIceServers') };
  return { kind: 'good' };
};
