/**
 * What a phone asks of the other's Opus encoder (RFC 7587, section 6.1): a
 * lower-quality copy of each frame in the next, which replaces a lost one, and
 * next to nothing while nobody speaks.
 */
const WANTED = { useinbandfec: '1', usedtx: '1' } as const;

const parse = (parameters: string): Map<string, string> =>
  new Map(
    parameters.split(';').flatMap((part): [string, string][] => {
      const [name = '', ...value] = part.trim().split('=');
      return name === '' ? [] : [[name, value.join('=')]];
    }),
  );

const write = (parameters: Map<string, string>): string =>
  [...parameters].map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join(';');

/** The description with these wishes in its Opus lines; without Opus, the description as it is. Done twice, it changes nothing more. */
export const withSpeechOptions = (sdp: string): string => {
  const payloads = [...sdp.matchAll(/^a=rtpmap:(\d{1,3}) opus\/48000(?:\/2)?\r?$/gim)].map(
    ([, payload = '']) => payload,
  );
  return payloads.reduce((text, payload) => {
    const line = new RegExp(`^a=fmtp:${payload} ([^\\r\\n]*)`, 'm');
    const found = line.exec(text);
    const fmtp = `a=fmtp:${payload} ${write(new Map([...parse(found?.[1] ?? ''), ...Object.entries(WANTED)]))}`;
    if (found) return text.replace(line, () => fmtp);
    const map = new RegExp(`^(a=rtpmap:${payload} [^\\r\\n]*)(\\r?\\n)`, 'm');
    return text.replace(map, (_all, rtpmap: string, end: string) => `${rtpmap}${end}${fmtp}${end}`);
  }, sdp);
};
