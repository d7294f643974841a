/**
 * Version of this contract. A client sends it in the handshake; a server that
 * does not speak it refuses with `version-too-old` or `version-too-new`.
 * Raise it when an old client and a new server would misunderstand each other.
 */
export const PROTOCOL_VERSION = 2;
