/** Who sent a message or opened a port, as the browser says it. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
}

/** One end of a connection between two contexts. */
export interface MessagePort {
  readonly name: string;
  readonly sender?: Sender | undefined;
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

type MessageListener = (
  message: unknown,
  sender: Sender,
  respond: (answer: unknown) => void,
) => true | undefined;

/** The slice of `browser.runtime` that messaging stands on; tests give one that lives in memory. */
export interface MessageRuntime {
  readonly id: string;
  /** What the address of every document of this extension begins with. */
  readonly root: string;
  readonly onMessage: { addListener(listener: MessageListener): void };
  readonly onConnect: { addListener(listener: (port: MessagePort) => void): void };
  sendMessage(message: unknown): Promise<unknown>;
  connect(name: string): MessagePort;
}

/**
 * Whether a message comes from a context of this extension: its service worker or one of its documents,
 * never a content script or a web page that runs with the extension's id.
 */
export const isOwnSender = (
  sender: Sender | undefined,
  { id, root }: Pick<MessageRuntime, 'id' | 'root'>,
): boolean => sender?.id === id && sender.url?.startsWith(root) === true;
