import { isOwnSender, type MessagePort, type MessageRuntime } from '../host/message-runtime.ts';
import { DETAILS_PORT, type CallDetails } from './call-details.ts';

/**
 * Returns a function that sends call details to the views that show them; without such views it costs
 * nothing.
 */
export const publishDetails = (
  runtime: Pick<MessageRuntime, 'id' | 'root' | 'onConnect'>,
): ((details: CallDetails) => void) => {
  const views = new Set<MessagePort>();
  let current: CallDetails = { samples: [] };
  runtime.onConnect.addListener((port) => {
    if (port.name !== DETAILS_PORT || !isOwnSender(port.sender, runtime)) return;
    views.add(port);
    port.onDisconnect.addListener(() => views.delete(port));
    port.postMessage(current);
  });
  return (details) => {
    current = details;
    for (const port of views) port.postMessage(details);
  };
};
