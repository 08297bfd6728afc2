import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { ChatStore } from '../../../state/chat-store.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { leaveChat, openPanel } from '../../address.ts';
import { useApp } from '../../context.ts';
import { avatarId, chatName } from '../../message-words.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';
import { presenceText, typingText } from '../../people-words.ts';
import { ConnectionLine } from './connection-line.tsx';
import { HeaderMenu } from './header-menu.tsx';

interface HeaderProps {
  open: OpenChat;
  store: ChatStore;
  onMeet(): unknown;
  /** What follows the title. */
  children: ComponentChildren;
}

/** Whose chat it is and what they are doing. The title leads to all there is about the chat. */
export function ChatHeader({ open, store, onMeet, children }: HeaderProps) {
  const { session, texts } = useApp();
  const { chat, realtime } = open;
  const menu = useId();
  const name = chatName(chat, texts);
  const typing = typingText(chat, store, texts);
  return (
    <header data-connection={realtime.state.name}>
      <Button class="back" aria-label={texts.back} onPress={leaveChat}>
        <Icon name="back" />
      </Button>
      <div class="titled">
        <Avatar id={avatarId(chat, session.user?.id ?? '')} name={name} url={chat.pictureUrl} />
        <div class="about">
          <h2>
            <button type="button" class="opens-info" title={texts.chat.info} onClick={() => openPanel('info')}>
              {name}
            </button>
          </h2>
          <ConnectionLine state={realtime.state}>
            {typing ? (
              <span class="typing">
                {typing}
                <span class="dots" aria-hidden="true" />
              </span>
            ) : (
              presenceText(open, Date.now(), texts)
            )}
          </ConnectionLine>
        </div>
      </div>
      {children}
      <button type="button" aria-label={texts.chat.more} title={texts.chat.more} popovertarget={menu}>
        <Icon name="more" />
      </button>
      <HeaderMenu id={menu} open={open} store={store} onMeet={onMeet} />
    </header>
  );
}
