/**
 * The ICE username fragment of a session description (RFC 8839 section 5.4): it names one generation of candidates.
 * All media are bundled, so the first one holds for all. Null if there is none.
 */
export const ufragOf = (sdp: string): string | null =>
  /^a=ice-ufrag:([A-Za-z0-9+/]{4,256})\s*$/m.exec(sdp)?.[1] ?? null;
