import type { ServerInfo } from '../../../protocol/account/account.ts';
import type { CommandResult, ServerChoice } from '../../ipc/protocol.ts';
import { RestClient } from './rest-client.ts';
import { parseServerAddress } from './server-address.ts';

/** Looks for a server where a person says that one is. */
export const checkServer = async (choice: ServerChoice): Promise<CommandResult<{ server: ServerInfo }>> => {
  const address = parseServerAddress(choice);
  if (!address.ok) return address;
  const found = await new RestClient(address.origin).server();
  return found.ok ? { ok: true, server: found.value } : { ok: false, code: found.code };
};
