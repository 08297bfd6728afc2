import { useEffect, useMemo } from 'preact/hooks';
import type { ChatStore } from '../../../state/chat-store.ts';
import { PushDevice } from '../../../state/push/push-device.ts';
import { listenWhileHidden } from '../../../state/push/push-stream.ts';
import { chatAddress } from '../../address.ts';
import { useApp } from '../../context.ts';
import { savedLanguage } from '../../preferences.ts';
import { permission, showNotification } from './browser-notifications.ts';

/** Shows push notifications in the page's language while the page is hidden, if they are turned on in this browser. */
export function usePush({ userId }: ChatStore): void {
  const { api } = useApp();
  const device = useMemo(() => new PushDevice(api, permission), [api]);
  const language = savedLanguage();
  useEffect(() => {
    // If this fails, the session keeps the token that an earlier start registered.
    device.register(language).catch(() => {});
  }, [device, language]);
  useEffect(() => {
    const open = (chatId: string, seq: number) => {
      location.hash = chatAddress(chatId, seq);
    };
    return listenWhileHidden({
      userId,
      device,
      page: document,
      onPush: (push) => showNotification(push, () => open(push.chatId, push.seq)),
    });
  }, [device, userId]);
}
