import type { ConnectionProblem } from './snapshot.ts';

/**
 * Why a command to the phone failed. `insecure-address`: a private-network address without TLS needs a confirmation.
 * `provider-closed`: the person left the provider's window. `relay-needed`: the address is to stay hidden, and the
 * server has no relay.
 */
export type CommandProblem =
  | ConnectionProblem
  | 'bad-address'
  | 'insecure-address'
  | 'provider-closed'
  | 'signed-out'
  | 'test-call-failed'
  | 'bad-contact'
  | 'bad-invite'
  | 'other-server'
  | 'relay-needed';

export type CommandResult<T = object> = ({ ok: true } & T) | { ok: false; code: CommandProblem };
