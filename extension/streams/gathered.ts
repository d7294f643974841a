/** How long to wait, in milliseconds. Host candidates take a few milliseconds; later ones are not needed. */
const GATHERING_MS = 1_000;

/** Resolves with the connection's local description, including its candidates. */
export const gathered = async (connection: RTCPeerConnection): Promise<string> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const check = (): void => {
    if (connection.iceGatheringState === 'complete' || connection.signalingState === 'closed')
      resolve(undefined);
  };
  const timer = setTimeout(resolve, GATHERING_MS, undefined);
  connection.addEventListener('icegatheringstatechange', check);
  check();
  await promise;
  connection.removeEventListener('icegatheringstatechange', check);
  clearTimeout(timer);
  return connection.localDescription?.sdp ?? '';
};
