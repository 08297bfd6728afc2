import type { ChatStore } from '../state/chat-store.ts';
import { useApp } from './context.ts';

/** Marks all chats as read, and says so. */
export function useReadAll(store: ChatStore): () => Promise<void> {
  const { attempt, notify } = useApp();
  return async () => {
    if (await attempt(() => store.readAll())) notify((words) => words.settings.allRead);
  };
}
