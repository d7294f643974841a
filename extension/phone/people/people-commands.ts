import type { ClientEvent, ClientPayload } from '../../../protocol/events.ts';
import type { CommandResult, PhoneProtocol } from '../../ipc/protocol.ts';
import type { Handlers } from '../../ipc/router.ts';
import type { Ask } from '../connection/ask.ts';
import { parseWanted } from './parse-wanted.ts';

type PeopleCommand =
  | 'add-contact'
  | 'cancel-request'
  | 'accept-request'
  | 'decline-request'
  | 'remove-contact'
  | 'block'
  | 'unblock'
  | 'make-invite'
  | 'revoke-invite';

interface Options {
  ask: Ask;
  /** The server that this phone is signed in at. */
  serverUrl: () => string | null;
}

/** What a person does about others. The server tells all devices what has become of it, this one too. */
export const createPeopleCommands = ({
  ask,
  serverUrl,
}: Options): Pick<Handlers<PhoneProtocol>, PeopleCommand> => {
  const plain = async <E extends ClientEvent>(
    event: E,
    payload: ClientPayload<E>,
  ): Promise<CommandResult> => {
    const answer = await ask(event, payload);
    return answer.ok ? { ok: true } : { ok: false, code: answer.code };
  };

  return {
    async 'add-contact'({ wanted }) {
      const found = parseWanted(wanted, serverUrl() ?? '');
      switch (found.kind) {
        case 'nothing':
          return { ok: false, code: 'bad-contact' };
        case 'bad-character':
          return { ok: false, code: `bad-character ${found.character}` };
        case 'other-server':
          return { ok: false, code: 'other-server' };
        case 'account-code':
          return { ok: false, code: 'account-invite' };
        case 'broken-code':
          return { ok: false, code: 'invite-incomplete' };
        case 'username': {
          const answer = await ask('contact:request', { username: found.username });
          return answer.ok ? { ok: true, added: null } : { ok: false, code: answer.code };
        }
        case 'code': {
          const answer = await ask('contact:redeem', { code: found.code });
          if (answer.ok) return { ok: true, added: answer.displayName };
          if (answer.code !== 'not-found') return { ok: false, code: answer.code };
          // The address may have been another name of this server: only the code shows it.
          return { ok: false, code: found.elsewhere ? 'other-server' : 'bad-invite' };
        }
      }
    },
    'cancel-request': (who) => plain('contact:cancel', who),
    'accept-request': (who) => plain('contact:accept', who),
    'decline-request': (who) => plain('contact:decline', who),
    'remove-contact': (who) => plain('contact:remove', who),
    block: (who) => plain('contact:block', who),
    unblock: (who) => plain('contact:unblock', who),
    async 'make-invite'() {
      const answer = await ask('contact:make-code', {});
      if (!answer.ok) return { ok: false, code: answer.code };
      return { ok: true, link: `${serverUrl() ?? ''}/invite/${answer.code}`, expiresAt: answer.expiresAt };
    },
    'revoke-invite': () => plain('contact:revoke-code', {}),
  };
};
