import type { ServerInfo } from '../../../protocol/account/account.ts';
import type { CommandResult, ServerChoice } from '../../ipc/protocol.ts';
import { RestClient } from './rest-client.ts';
import { parseServerAddress } from './server-address.ts';

/** A server, and the address under which it was found. */
export interface FoundServer {
  serverUrl: string;
  server: ServerInfo;
}

/**
 * Looks for a server where a person says that one is: under the path, and else at the root, for the path may be that of
 * some page.
 */
export const checkServer = async (choice: ServerChoice): Promise<CommandResult<FoundServer>> => {
  const address = parseServerAddress(choice);
  if (!address.ok) return address;
  const { serverUrl } = address;
  const found = await new RestClient(serverUrl).server();
  if (found.ok) return { ok: true, serverUrl, server: found.value };
  const { origin } = new URL(serverUrl);
  if (found.code !== 'not-a-server' || origin === serverUrl) return found;
  const atRoot = await new RestClient(origin).server();
  return atRoot.ok ? { ok: true, serverUrl: origin, server: atRoot.value } : found;
};

/** The address of the server that a person means. The server is asked only where a path leaves that open. */
export const findAddress = async (choice: ServerChoice): Promise<CommandResult<{ serverUrl: string }>> => {
  const address = parseServerAddress(choice);
  if (!address.ok || new URL(address.serverUrl).pathname === '/') return address;
  return checkServer(choice);
};
