import type { Push } from '../../../state/push/push-stream.ts';

/** Over plain HTTP, browsers allow notifications only on localhost. */
export const hasNotifications = (): boolean => isSecureContext && 'Notification' in globalThis;

export const isDenied = (): boolean => hasNotifications() && Notification.permission === 'denied';

export const permission = {
  isGranted: () => hasNotifications() && Notification.permission === 'granted',
  ask: async () => (await Notification.requestPermission()) === 'granted',
};

/** Replaces the earlier notification of the same chat. A click on it calls `open`. */
export function showNotification({ title, body, chatId, seq }: Push, open: () => void): void {
  const notification = new Notification(title, { body, tag: chatId, data: { chatId, seq } });
  notification.onclick = () => {
    notification.close();
    window.focus();
    open();
  };
}
