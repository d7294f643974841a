/** How often something may happen. */
export interface Rate {
  /** How many within `seconds`, before `RATE_LIMIT_FACTOR` multiplies it. */
  count: number;
  seconds: number;
  /** What goes over it waits longer each time, from `seconds` up to a quarter of an hour. */
  grows?: true;
  /** Counted by something that anybody can make up, so that the number of counters is bounded. */
  byAnyone?: true;
}

/**
 * Every limit, by name: before the colon what is limited, after it by what it
 * is counted. An office with many people may stand
 * behind one address; a person has hands and a phone.
 */
export const RATES = {
  /** Attempts to sign in from devices that the account does not know. */
  'sign-in:account': { count: 10, seconds: 60, grows: true, byAnyone: true },
  /** Attempts to sign in from one device that the account knows. */
  'sign-in:device': { count: 10, seconds: 60, grows: true },
  'sign-in:address': { count: 30, seconds: 60, grows: true, byAnyone: true },
  /** Present passwords that are typed to change or delete an account, from one session and from all. */
  'proofs:session': { count: 5, seconds: 60, grows: true },
  'proofs:account': { count: 10, seconds: 60, grows: true },
  /** Accounts that are created. */
  'sign-up:address': { count: 30, seconds: 3600, byAnyone: true },
  /** Attempts to create one, which tell whether a username is taken: a refused one weighs a quarter of an account. */
  'sign-up-tries:address': { count: 120, seconds: 3600, byAnyone: true },
  /** Requests over HTTP, whatever they ask for. */
  'requests:address': { count: 600, seconds: 60, byAnyone: true },
  /** Requests of one connection by long-polling, in which each event may be a request of its own, and its answer. */
  'polls:connection': { count: 1200, seconds: 60 },
  /** Connections that are opened at all, and those that are answered with a code when there are too many. */
  'connect:address': { count: 1200, seconds: 60, byAnyone: true },
  'handshake:address': { count: 600, seconds: 60, byAnyone: true },
  /** Everything that one device sends over its connection. */
  'everything:session': { count: 1200, seconds: 60 },
  /** Everything that all devices of one person send over their connections to one node. */
  'everything:account': { count: 3000, seconds: 60 },
  /** What one device is refused; who is refused more is disconnected. */
  'refusals:session': { count: 1000, seconds: 60 },
  /** Being disconnected for that: each time, that sign-in and the account's new ones are kept out for longer. */
  'floods:session': { count: 0, seconds: 60, grows: true },
  'floods:account': { count: 0, seconds: 60, grows: true },
  /** Calls placed. */
  'invites:account': { count: 30, seconds: 60 },
  /** How often one person calls another who does not answer, whether it rings there or not. */
  'rings:pair': { count: 3, seconds: 600 },
  /** Everything that one phone sends about one call. */
  'events:call': { count: 300, seconds: 60 },
  /** Descriptions that one phone has the other side of a call work on: new paths, and the call's move here. */
  'negotiations:call': { count: 60, seconds: 60 },
  /** Credentials for the relay that no new call comes with: for test calls, and anew for running ones. */
  'relay-credentials:account': { count: 20, seconds: 600 },
  /** Requests to become somebody's contact. */
  'requests:account': { count: 60, seconds: 3600 },
  /** What changes two people's lists: both are held up for a moment, and told. */
  'contacts:account': { count: 60, seconds: 60 },
  'requests-a-day:account': { count: 200, seconds: 86_400 },
  /** Names and pictures: everybody who sees the person is told of each. */
  'profile:account': { count: 30, seconds: 3600 },
  /** Bytes of text messages; `MESSAGE_BYTES_A_DAY` sets how many. */
  'message-bytes:account': { count: 2_000_000, seconds: 86_400 },
  /** Text messages. */
  'messages:account': { count: 120, seconds: 60 },
  /** Messages, what is asked about them, and searches in a short time: more than a quick writer needs. */
  'message-bursts:account': { count: 40, seconds: 20 },
  'message-reads:account': { count: 200, seconds: 20 },
  'message-searches:account': { count: 30, seconds: 20 },
  /** Searches for people or in messages. */
  'searches:account': { count: 90, seconds: 60 },
} as const satisfies Readonly<Record<string, Rate>>;

export type RateName = keyof typeof RATES;
