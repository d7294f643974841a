/** A notification with at most two buttons, as this product shows them. Text is in the person's language. */
export interface Notification {
  title: string;
  message: string;
  buttons: readonly string[];
  /** Comes and goes without asking for anything. */
  quiet?: boolean;
}

// Firefox has neither buttons nor requireInteraction, so that the polyfill's types lack them.
const api = (): typeof chrome.notifications => chrome.notifications;

/** Shows a notification, or replaces the one that has this id. */
export const showNotification = async (
  id: string,
  { title, message, buttons, quiet = false }: Notification,
): Promise<void> => {
  await api().create(id, {
    type: 'basic',
    iconUrl: chrome.runtime.getURL('extension/icons/128.png'),
    title,
    message,
    buttons: buttons.map((text) => ({ title: text })),
    requireInteraction: !quiet,
    priority: quiet ? 0 : 2,
    // The phone rings by itself, with the person's volume.
    silent: true,
  });
};

/** The one that the page "Would I ring?" shows; no call has this id. */
export const SELF_TEST_NOTIFICATION = 'self-test';

/** Whether the person and their system let this extension show notifications. */
export const notificationsAllowed = async (): Promise<boolean> =>
  (await api().getPermissionLevel()) === 'granted';

export const shownNotifications = async (): Promise<string[]> => Object.keys(await api().getAll());

export const clearNotification = async (id: string): Promise<void> => {
  await api().clear(id);
};

/** `button` is the index of the one pressed. */
export const onNotificationButton = (listener: (id: string, button: number) => void): void => {
  api().onButtonClicked.addListener(listener);
};

/** It is not shown any more: put away by the person or the desktop, or cleared from here. */
export const onNotificationClosed = (listener: (id: string) => void): void => {
  api().onClosed.addListener(listener);
};

export const onNotificationClick = (listener: (id: string) => void): void => {
  api().onClicked.addListener(listener);
};
