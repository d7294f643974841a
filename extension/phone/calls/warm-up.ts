/**
 * Makes and drops one connection. The first of a process loads codecs and starts threads for some
 * hundred milliseconds: better at rest than between a click and a ringing phone. Gathers and sends nothing.
 */
export const warmUpConnections = async (): Promise<void> => {
  const connection = new RTCPeerConnection();
  try {
    connection.addTransceiver('audio');
    connection.addTransceiver('video');
    connection.createDataChannel('warm-up');
    await connection.createOffer();
  } finally {
    connection.close();
  }
};
