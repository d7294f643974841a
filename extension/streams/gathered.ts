/** Host candidates take a few milliseconds; a path that is found later than this is not worth waiting for. */
const GATHERING_MS = 1_000;

/** Resolves with the connection's own description, complete with its candidates. */
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
