import { isLive, type Phone, type RingingIn } from './phone.ts';

/**
 * The calls that ring for the person to hear and see. A call from the very
 * person this phone is dialling stays silent: the server joins the two
 * (glare), and nobody is rung by somebody they are already calling.
 */
export const ringingHere = (phone: Phone): readonly RingingIn[] => {
  const { current } = phone;
  if (!isLive(current)) return phone.incoming;
  return phone.incoming.filter((call) => call.from.userId !== current.peer.userId);
};
