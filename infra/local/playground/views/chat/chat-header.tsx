import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { ChatStore } from '../../state/chat-store.ts';
import { isLeading, mayWrite, rulesOf } from '../../state/open/writing-rules.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { leaveChat } from '../address.ts';
import { useApp } from '../context.ts';
import { avatarId, chatName } from '../message-words.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { copy } from '../parts/copy.ts';
import { askForLine } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuButton } from '../parts/menu.tsx';
import { presenceText, typingText } from '../people-words.ts';
import { askForGroupPicture } from './settings/group-picture.ts';
import { askForWriting } from './settings/writing-dialog.tsx';

interface HeaderProps {
  open: OpenChat;
  store: ChatStore;
  onMeet(): unknown;
  /** What follows the title. */
  children: ComponentChildren;
}

export function ChatHeader({ open, store, onMeet, children }: HeaderProps) {
  const app = useApp();
  const { api, session, texts, notify } = app;
  const { chat } = open;
  const menu = useId();
  const { type, inviteCode } = chat;
  const name = chatName(chat, texts);
  const copyInvite = async () => {
    const link = `${location.origin}/#join=${inviteCode}`;
    if (await copy(link)) notify((current) => current.inviteCopied);
    else
      await askForLine({ label: texts.copyYourself, verb: texts.done, texts, value: link, act: async () => undefined });
  };
  const setWriting = () =>
    askForWriting({ rules: rulesOf(open), texts, save: (rules) => api.chats.setWriting(chat.id, rules) });
  return (
    <header>
      <Button class="back" aria-label={texts.back} onPress={leaveChat}>
        <Icon name="back" />
      </Button>
      <Avatar id={avatarId(chat, session.user?.id ?? '')} name={name} url={chat.pictureUrl} />
      <div class="about">
        <h2>
          <MenuButton id={menu} label={name} />
        </h2>
        <small>{typingText(chat, store, texts) || presenceText(open, Date.now(), texts)}</small>
      </div>
      {children}
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
        {mayWrite(open) && (
          <Button onPress={onMeet}>
            <Icon name="video" />
            {texts.meet}
          </Button>
        )}
        {type === 'group' && isLeading(open) && (
          <Button onPress={() => askForGroupPicture(chat, app)}>
            <Icon name="picture" />
            {texts.files.groupPicture}
          </Button>
        )}
        {type === 'group' && isLeading(open) && (
          <Button onPress={setWriting}>
            <Icon name="pencil" />
            {texts.whoWrites}
          </Button>
        )}
      </Menu>
    </header>
  );
}
