import type { ComponentChildren } from 'preact';
import type { ChatStore } from '../../state/chat-store.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { leaveChat, openPanel } from '../address.ts';
import { useApp } from '../context.ts';
import { avatarId, chatName } from '../message-words.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { presenceText, typingText } from '../people-words.ts';

interface HeaderProps {
  open: OpenChat;
  store: ChatStore;
  /** What follows the title. */
  children: ComponentChildren;
}

export function ChatHeader({ open, store, children }: HeaderProps) {
  const { session, texts } = useApp();
  const { chat } = open;
  const name = chatName(chat, texts);
  return (
    <header>
      <Button class="back" aria-label={texts.back} onPress={leaveChat}>
        <Icon name="back" />
      </Button>
      <Avatar id={avatarId(chat, session.user?.id ?? '')} name={name} url={chat.pictureUrl} />
      <div class="about">
        <h2>
          <button type="button" class="opens-info" aria-haspopup="dialog" onClick={() => openPanel('info')}>
            {name}
          </button>
        </h2>
        <small>{typingText(chat, store, texts) || presenceText(open, Date.now(), texts)}</small>
      </div>
      {children}
    </header>
  );
}
