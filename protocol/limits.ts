/**
 * Upper bounds that both ends enforce. Text lengths are in code points; names that end in `Bytes` are in
 * bytes.
 */
export const LIMITS = {
  /** A larger event is answered `too-large`; the connection stays. */
  eventBytes: 64 * 1024,
  /** A larger frame closes the transport. */
  frameBytes: 256 * 1024,
  descriptionLength: 16 * 1024,
  candidateLength: 512,
  candidatesPerGeneration: 30,
  iceServers: 4,
  passwordMin: 8,
  passwordMax: 200,
  /** How many contacts one person may have, with `DIRECTORY=contacts`. */
  contacts: 5000,
  /** How many contact requests one person may have open, and sees in the list. */
  requests: 100,
  /** How many declined and then withdrawn contact requests are remembered for each recipient. */
  declinesRemembered: 1000,
  /** How many people may use one personal invite code. */
  contactCodeUses: 20,
  /** How many people one person may block. */
  blocked: 1000,
  /** A code of 16 letters with any grouping and spacing. */
  inviteCodeTyped: 64,
  /** The size of a person's picture. */
  pictureBytes: 64 * 1024,
  /**
   * The greatest width and height of a person's picture, in pixels; phones make pictures of exactly this
   * size.
   */
  pictureSide: 256,
  /** How many of the calls that ring for a person are shown at the same time; the others wait. */
  simultaneousRings: 3,
  /** The names of people and devices. */
  nameLength: 64,
  /** The text beside a person's status. */
  statusTextLength: 80,
  messageLength: 4000,
  messagesPerPage: 30,
  searchLength: 100,
  /** The highest count of unread messages from one person. */
  unreadCount: 100,
  /** From how many people unread messages are reported, the newest first. */
  unreadConversations: 200,
  /**
   * The most entries in one person's history, unless a setting changes it; a new entry replaces the oldest.
   */
  historyEntries: 5000,
  /** Entries in one page of the history. */
  historyPage: 100,
  /** On how many devices one person may be signed in; one more signs out the least recently used. */
  devices: 50,
  /** The highest count of missed calls. */
  missedCount: 1000,
} as const;

/** Times that both ends rely on, in milliseconds. */
export const TIMES = {
  /** The longest ring timeout a server may set. */
  ringingMax: 120_000,
  /** A call that has not connected this long after Accept ends with `media-failed`. */
  connecting: 30_000,
  /**
   * How long a phone that takes a call over may need to connect. After that it gives up, and the call stays
   * where it was.
   */
  moving: 15_000,
  /** A call ends with `connection-lost` when one side's phone has been away this long. */
  away: 45_000,
  /** How long a personal invite code is valid. */
  contactCode: 7 * 86_400_000,
  /**
   * How long a declined contact request is remembered after it was withdrawn: sent again in that time, it is
   * declined.
   */
  declined: 30 * 86_400_000,
  /** A phone gives a call up after this long without packets from the other side. */
  noPackets: 30_000,
  /** The longest time after which a status or its text may be set to end by itself. */
  statusEndsMax: 7 * 24 * 3_600_000,
  /** How long a typing hint holds; a phone repeats it sooner while somebody goes on typing. */
  typing: 6_000,
} as const;
