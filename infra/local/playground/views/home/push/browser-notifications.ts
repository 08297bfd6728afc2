import type { Push } from '../../../state/push/push-stream.ts';

/** Over plain HTTP a page has notifications on localhost only. */
export const hasNotifications = (): boolean => isSecureContext && 'Notification' in globalThis;

export const isDenied = (): boolean => hasNotifications() && Notification.permission === 'denied';

export const permission = {
  isGranted: () => hasNotifications() && Notification.permission === 'granted',
  ask: async () => (await Notification.requestPermission()) === 'granted',
};

/** Replaces the notification before of the same chat. `open` follows a click on it. */
export function showNotification({ title, body, chatId, seq }: Push, open: () => void): void {
  const notification = new Notification(title, { body, tag: chatId, data: { chatId, seq } });
  notification.onclick = () => {
    notification.close();
    window.focus();
    open();
  };
}
