/** Name of the shared streams on the offscreen document's window object, where views take them. */
export const STREAMS_PROPERTY = 'quickCallStreams';
