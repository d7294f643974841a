import type * as z from 'zod';
import { deletionSchema, passwordChangeSchema, renameSchema } from '../../protocol/account.ts';
import type { CommandResult, PhoneProtocol } from '../messaging/protocol.ts';
import type { Handlers } from '../messaging/router.ts';
import type { AccountClient } from './account-client.ts';
import type { RestResult } from './rest-request.ts';
import type { Session } from './session.ts';

type AccountCommands = Pick<PhoneProtocol, 'rename' | 'change-password' | 'delete-account'>;

/** What a person asks the phone to do to their own account. What it changes comes back by the live connection. */
export const createAccountCommands = (
  session: Pick<Session, 'client' | 'accountDeleted'>,
): Handlers<AccountCommands> => {
  const ask = async <S extends z.ZodType>(
    schema: S,
    wish: z.input<S>,
    send: (client: AccountClient, wish: z.output<S>) => Promise<RestResult<unknown>>,
  ): Promise<CommandResult> => {
    const { client } = session;
    if (!client) return { ok: false, code: 'signed-out' };
    const parsed = schema.safeParse(wish);
    if (!parsed.success) return { ok: false, code: 'bad-request' };
    const answer = await send(client, parsed.data);
    return answer.ok ? { ok: true } : { ok: false, code: answer.code };
  };

  return {
    rename: (wish) => ask(renameSchema, wish, (client, body) => client.rename(body)),
    'change-password': (change) =>
      ask(passwordChangeSchema, change, (client, body) => client.changePassword(body)),
    async 'delete-account'(proof) {
      const result = await ask(deletionSchema, proof, (client, body) => client.delete(body));
      // The server says so over the live connection too, which may be down.
      if (result.ok) await session.accountDeleted();
      return result;
    },
  };
};
