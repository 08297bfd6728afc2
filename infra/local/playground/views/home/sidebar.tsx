import { useEffect, useRef } from 'preact/hooks';
import type { User } from '../../client/rest/session.ts';
import type { ChatStore } from '../../state/chat-store.ts';
import type { Me } from '../../state/me.ts';
import { openPanel } from '../address.ts';
import { ConnectionLine } from '../chat/header/connection-line.tsx';
import { useApp } from '../context.ts';
import { Avatar } from '../parts/avatar.tsx';
import { askForLine } from '../parts/sheets/dialog.tsx';
import { ChatFinder } from './list/chat-finder.tsx';
import { ListMenu } from './list-menu.tsx';
import { NewChatMenu } from './new-chat/new-chat-menu.tsx';

interface SidebarProps {
  store: ChatStore;
  user: User;
  me: Me;
}

/** Whether the user has the name that the server gives to accounts without one, such as "User 1a2b". */
const isNameless = ({ id, name }: User) => name.endsWith(` ${id.slice(0, 4)}`);

export function Sidebar({ store, user, me }: SidebarProps) {
  const { api, texts } = useApp();
  const nav = useRef<HTMLElement>(null);
  const askForName = () => {
    const act = async (name: string) => void me.keep(await api.users.updateMe({ name }));
    return askForLine({ label: texts.entry.yourName, verb: texts.save, texts, act });
  };
  useEffect(() => {
    if (isNameless(user)) void askForName();
    // The button that had it went with the form: the keyboard goes on here.
    else if (document.activeElement === document.body) nav.current?.focus();
  }, []);
  return (
    <nav ref={nav} tabIndex={-1} class="sidebar" aria-label={texts.chats}>
      <header>
        <button
          type="button"
          class="me"
          aria-label={texts.settings.title}
          title={texts.settings.title}
          onClick={() => openPanel('settings')}
        >
          <Avatar id={user.id} name={user.name} url={me.profile?.avatarUrl} />
        </button>
        <div class="whose">
          <h1>{user.name}</h1>
          {/* The open chat says it too. */}
          {!store.open && <ConnectionLine state={store.inbox.state} />}
        </div>
        <ListMenu store={store} />
        <NewChatMenu store={store} />
      </header>
      <ChatFinder store={store} />
    </nav>
  );
}
