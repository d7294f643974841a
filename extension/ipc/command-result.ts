import type { CodePoint } from '../../protocol/one-line.ts';
import type { ConnectionProblem } from './snapshot.ts';

/** A text contains a forbidden character. */
export type NamedCharacter = `bad-character ${CodePoint}`;

/** Too often, where the server names a time that is not near: it may be tried again then, in epoch milliseconds. */
export type LongWait = `rate-limited ${number}`;

/**
 * Why a command to the phone failed. `insecure-address`: a private-network address without TLS needs a
 * confirmation. `provider-closed`: the person left the provider's window. `relay-needed`: the person hides
 * the address, and the server has no relay. `account-invite`, `contact-invite`: an invite of that kind, where
 * the other one is asked for.
 */
export type CommandProblem =
  | ConnectionProblem
  | NamedCharacter
  | LongWait
  | 'bad-address'
  | 'insecure-address'
  | 'provider-closed'
  | 'signed-out'
  | 'test-call-failed'
  | 'bad-contact'
  | 'bad-invite'
  | 'account-invite'
  | 'contact-invite'
  | 'invite-incomplete'
  | 'invite-without-address'
  | 'other-server'
  | 'relay-needed';

export type CommandResult<T = object> = ({ ok: true } & T) | { ok: false; code: CommandProblem };
