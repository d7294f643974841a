import type * as z from 'zod';
import { deletionSchema, passwordChangeSchema, renameSchema } from '../../../protocol/account/account.ts';
import { refusalOf } from '../../../protocol/refusal-of.ts';
import type { CommandResult, PhoneProtocol } from '../../ipc/protocol.ts';
import { problemOf } from '../../ipc/problem-of.ts';
import type { Handlers } from '../../ipc/router.ts';
import type { AccountClient } from './account-client.ts';
import { bytesOfDataUrl } from './data-url.ts';
import type { RestResult } from '../connection/rest-request.ts';
import type { Session } from '../connection/session.ts';

type AccountCommands = Pick<
  PhoneProtocol,
  'rename' | 'change-password' | 'delete-account' | 'set-picture' | 'remove-picture'
>;

const toResult = async (
  client: AccountClient | null,
  send: (client: AccountClient) => Promise<RestResult<unknown>>,
): Promise<CommandResult> => {
  if (!client) return { ok: false, code: 'signed-out' };
  const answer = await send(client);
  return answer.ok ? { ok: true } : { ok: false, code: answer.code };
};

/** What a person asks the phone to do to their own account. What it changes comes back by the live connection. */
export const createAccountCommands = (
  session: Pick<Session, 'client' | 'accountDeleted'>,
): Handlers<AccountCommands> => {
  const ask = async <S extends z.ZodType>(
    schema: S,
    wish: z.input<S>,
    send: (client: AccountClient, wish: z.output<S>) => Promise<RestResult<unknown>>,
  ): Promise<CommandResult> => {
    const parsed = schema.safeParse(wish);
    if (!parsed.success) return { ok: false, code: problemOf(refusalOf(parsed.error)) };
    return toResult(session.client, (client) => send(client, parsed.data));
  };

  return {
    rename: (wish) => ask(renameSchema, wish, (client, body) => client.rename(body)),
    'change-password': (change) =>
      ask(passwordChangeSchema, change, (client, body) => client.changePassword(body)),
    async 'set-picture'({ picture }) {
      const bytes = bytesOfDataUrl(picture);
      if (!bytes) return { ok: false, code: 'not-a-picture' };
      return toResult(session.client, (client) => client.setPicture(bytes));
    },
    'remove-picture': () => toResult(session.client, (client) => client.removePicture()),
    async 'delete-account'(proof) {
      const result = await ask(deletionSchema, proof, (client, body) => client.delete(body));
      // The server says so over the live connection too, which may be down.
      if (result.ok) await session.accountDeleted();
      return result;
    },
  };
};
