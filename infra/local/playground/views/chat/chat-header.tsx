import { useId } from 'preact/hooks';
import type { Chat } from '#shared/contract/chats/chat.ts';
import { Avatar } from '../avatar.tsx';
import { useApp } from '../context.ts';
import { Button } from '../controls.tsx';
import { Icon } from '../icon.tsx';
import { Menu, MenuButton } from '../menu.tsx';
import { avatarId, chatName } from '../message-words.ts';

export function ChatHeader({ chat, onMeet }: { chat: Chat; onMeet(): unknown }) {
  const { session, texts, notify } = useApp();
  const menu = useId();
  const { type, participantIds, inviteCode } = chat;
  const name = chatName(chat, texts);
  const copyInvite = async () => {
    await navigator.clipboard.writeText(`${location.origin}/#join=${inviteCode}`).catch(() => {});
    notify((current) => current.inviteCopied);
  };
  return (
    <header>
      <Button class="back" aria-label={texts.back} onPress={() => location.assign('#')}>
        <Icon name="back" />
      </Button>
      <Avatar id={avatarId(chat, session.user?.id ?? '')} name={name} />
      <div class="about">
        <h2>
          <MenuButton id={menu} label={name} />
        </h2>
        <small>{type === 'direct' ? texts.directChat : texts.participants(participantIds.length)}</small>
      </div>
      <Menu id={menu}>
        {inviteCode !== undefined && (
          <Button onPress={copyInvite}>
            <Icon name="link" />
            <span>
              {texts.copyInvite}
              <small>{texts.codeIs(inviteCode)}</small>
            </span>
          </Button>
        )}
        <Button onPress={onMeet}>
          <Icon name="video" />
          {texts.meet}
        </Button>
      </Menu>
    </header>
  );
}
