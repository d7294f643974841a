/** Where a host is, as far as its name tells: on this machine, in the local network, or anywhere. */
type Reach = 'loopback' | 'private' | 'public';

const octetsOf = (host: string): number[] | null =>
  /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split('.').map(Number) : null;

/** By RFC 1918, 3927, 6598 (IPv4), 4193, 4291 (IPv6), 6761, 6762 and 8375 (names). */
export const reachOf = (host: string): Reach => {
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]') return 'loopback';
  const octets = octetsOf(host);
  if (octets) {
    const [a = 0, b = 0] = octets;
    if (a === 127) return 'loopback';
    const isPrivate =
      a === 10 ||
      (a === 172 && b >= 16 && b <= 31) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b <= 127);
    return isPrivate ? 'private' : 'public';
  }
  if (host.startsWith('['))
    return /^\[f(?:[cd][0-9a-f]{2}|e[89ab][0-9a-f]):/.test(host) ? 'private' : 'public';
  const isLocalName = !host.includes('.') || host.endsWith('.local') || host.endsWith('.home.arpa');
  return isLocalName ? 'private' : 'public';
};
