import type { ComponentChildren } from 'preact';
import type { User } from '../client/session.ts';
import type { ChatStore } from '../state/chat-store.ts';
import { chatAddress } from './address.ts';
import { Avatar } from './avatar.tsx';
import { ChatList } from './chat-list.tsx';
import { useApp } from './context.ts';
import { Button } from './controls.tsx';
import { askForLine } from './dialog.tsx';

interface SidebarProps {
  store: ChatStore;
  user: User;
  switches: ComponentChildren;
  onRename(): void;
}

export function Sidebar({ store, user, switches, onRename }: SidebarProps) {
  const { api, session, texts, attempt } = useApp();
  const rename = async () => {
    const name = await askForLine(texts.name, texts, user.name);
    if (name === undefined) return;
    const done = await attempt(async () => session.rename((await api.updateMe(name)).user.name));
    if (done) onRename();
  };
  const signOut = async () => {
    // First, or the open chat would try to reconnect when the server closes its socket.
    store.close();
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

/** Each button asks for one line and opens the chat that results. */
function NewChatButtons({ store }: { store: ChatStore }) {
  const { api, texts, notify, attempt } = useApp();
  const openFrom = async (label: string, find: (line: string) => Promise<string | undefined>) => {
    const line = await askForLine(label, texts);
    if (line === undefined) return;
    await attempt(async () => {
      const chatId = await find(line);
      if (chatId !== undefined && !store.closed) location.hash = chatAddress(chatId);
    });
  };
  const create = async (name: string) => (await api.createGroup(name)).group.id;
  const join = async (inviteCode: string) => (await api.joinGroup(inviteCode)).group.id;
  const openDirect = async (contact: string) => {
    const { users } = await api.findUsers(contact.includes('@') ? { emails: [contact] } : { phones: [contact] });
    if (users[0]) return (await api.openDirect(users[0].id)).chat.id;
    notify((current) => current.nobodyFound);
    return undefined;
  };
  return (
    <div class="buttons">
      <Button onPress={() => openFrom(texts.groupName, create)}>{texts.newGroup}</Button>
      <Button onPress={() => openFrom(texts.inviteCode, join)}>{texts.join}</Button>
      <Button onPress={() => openFrom(texts.directHint, openDirect)}>{texts.direct}</Button>
    </div>
  );
}
