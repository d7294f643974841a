/** Upper bounds that both ends enforce. Lengths of text are in code points, sizes that say bytes in bytes. */
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
  /** How many contact requests one person may have out, and is shown. */
  requests: 100,
  /** Of how many withdrawn contact requests it is remembered, for each person, that they were declined. */
  declinesRemembered: 1000,
  /** How many people one personal invite code lets in. */
  contactCodeUses: 20,
  /** How many people one person may block. */
  blocked: 1000,
  /** A code of 16 letters, however somebody groups and spaces it. */
  inviteCodeTyped: 64,
  /** Of a picture of a person. */
  pictureBytes: 64 * 1024,
  /** How wide and how high a picture of a person may be, in pixels; phones make them square and just so. */
  pictureSide: 256,
  /** How many of the calls that ring for a person at the same time are shown; the others wait. */
  simultaneousRings: 3,
  /** Of people and devices. */
  nameLength: 64,
  /** What a person says about themselves beside their status. */
  statusTextLength: 80,
  messageLength: 4000,
  messagesPerPage: 30,
  searchLength: 100,
  /** How many unread messages of one person are counted. */
  unreadCount: 100,
  /** Of how many people unread messages are told, the newest first. */
  unreadConversations: 200,
  /** Entries in one person's history where no setting says otherwise; a new one takes the place of the oldest. */
  historyEntries: 5000,
  /** Entries in one page of the history. */
  historyPage: 100,
  /** On how many devices one person may be signed in; one more signs out the one that was used least lately. */
  devices: 50,
  /** How many missed calls are counted. */
  missedCount: 1000,
} as const;

/** Times that both ends count on, in milliseconds. */
export const TIMES = {
  /** The longest ring timeout a server may set. */
  ringingMax: 120_000,
  /** A call that has not connected this long after Accept ends with `media-failed`. */
  connecting: 30_000,
  /** A phone that takes a call over and has not connected this long after gives up; the call stays where it was. */
  moving: 15_000,
  /** A call ends with `connection-lost` when one side's phone has been away this long. */
  away: 45_000,
  /** A personal invite code is good for this long. */
  contactCode: 7 * 86_400_000,
  /** A contact request that was declined and then withdrawn stays declined for this long after, when it is sent again. */
  declined: 30 * 86_400_000,
  /** A phone gives a call up after this long without packets from the other side. */
  noPackets: 30_000,
  /** How far ahead a status or its text may be set to end by itself. */
  statusEndsMax: 7 * 24 * 3_600_000,
  /** A typing hint holds this long; somebody who goes on typing repeats it sooner. */
  typing: 6_000,
} as const;
