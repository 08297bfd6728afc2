import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { User } from '../../client/rest/session.ts';
import type { ChatStore } from '../../state/chat-store.ts';
import { useApp } from '../context.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { askForLine, askToConfirm } from '../parts/dialog.tsx';
import { ChatFinder } from './list/chat-finder.tsx';
import { NewChatButtons } from './new-chat-buttons.tsx';
import { useMyPicture } from './use-my-picture.ts';
import { UserMenu } from './user-menu.tsx';

interface SidebarProps {
  store: ChatStore;
  user: User;
  switches: ComponentChildren;
  onRename(): void;
}

/** Whether the user has the name that the server gives to accounts without one, such as "User 1a2b". */
const isNameless = ({ id, name }: User) => name.endsWith(` ${id.slice(0, 4)}`);

export function Sidebar({ store, user, switches, onRename }: SidebarProps) {
  const { api, session, texts, attempt } = useApp();
  const nav = useRef<HTMLElement>(null);
  const picture = useMyPicture(user);
  const rename = async (label: string, value: string) => {
    const act = async (name: string) => void session.rename((await api.users.updateMe({ name })).user.name);
    if (await askForLine({ label, verb: texts.save, texts, value, act })) onRename();
  };
  useEffect(() => {
    if (isNameless(user)) void rename(texts.yourName, '');
    // The button that had it went with the form: the keyboard goes on here.
    else if (document.activeElement === document.body) nav.current?.focus();
  }, []);
  const signOut = async () => {
    const { count } = store.unsent;
    const question = texts.loseUnsent(count);
    if (count > 0 && !(await askToConfirm({ question, verb: texts.signOut, texts }))) return;
    // First, or the inbox would try to reconnect when the server closes it.
    await store.close();
    // The server would refuse what it gets later.
    await picture.loaded();
    store.unsent.forget();
    await attempt(() => api.logout());
    session.end();
  };
  return (
    <nav ref={nav} tabIndex={-1} class="sidebar" aria-label={texts.chats}>
      <header>
        <Avatar id={user.id} name={user.name} url={picture.url} />
        <h1>{user.name}</h1>
        <Button class="quiet" onPress={() => rename(texts.name, user.name)}>
          {texts.rename}
        </Button>
        <UserMenu store={store} onPicture={picture.ask} />
      </header>
      <NewChatButtons store={store} />
      <ChatFinder store={store} />
      <p class="switches">
        {switches}
        <Button class="quiet" onPress={signOut}>
          {texts.signOut}
        </Button>
      </p>
    </nav>
  );
}
