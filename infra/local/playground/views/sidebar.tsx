import type { ComponentChildren } from 'preact';
import type { User } from '../client/session.ts';
import type { ChatStore } from '../state/chat-store.ts';
import { Avatar } from './avatar.tsx';
import { ChatList } from './chat-list.tsx';
import { useApp } from './context.ts';
import { Button } from './controls.tsx';
import { askForLine } from './dialog.tsx';
import { NewChatButtons } from './new-chat-buttons.tsx';

interface SidebarProps {
  store: ChatStore;
  user: User;
  switches: ComponentChildren;
  onRename(): void;
}

export function Sidebar({ store, user, switches, onRename }: SidebarProps) {
  const { api, session, texts, attempt } = useApp();
  const rename = async () => {
    const act = async (name: string) => void session.rename((await api.updateMe(name)).user.name);
    if (await askForLine({ label: texts.name, texts, value: user.name, act })) onRename();
  };
  const signOut = async () => {
    // First, or the open chat would try to reconnect when the server closes its socket.
    await store.close();
    store.unsent.forget();
    await attempt(() => api.logout());
    session.end();
  };
  return (
    <nav class="sidebar" aria-label={texts.chats}>
      <header>
        <Avatar id={user.id} name={user.name} />
        <h1>{user.name}</h1>
        <Button class="quiet" onPress={rename}>
          {texts.rename}
        </Button>
      </header>
      <NewChatButtons store={store} />
      <ChatList store={store} />
      <p class="switches">
        {switches}
        <Button class="quiet" onPress={signOut}>
          {texts.signOut}
        </Button>
      </p>
    </nav>
  );
}
