import type { Chat } from '#shared/contract/chats/chat.ts';
import { Avatar } from '../avatar.tsx';
import { useApp } from '../context.ts';
import { Button } from '../controls.tsx';
import { copy } from '../copy.ts';
import { askForLine } from '../dialog.tsx';
import { chatName } from '../message-words.ts';

export function ChatHeader({ chat, onMeet }: { chat: Chat; onMeet(): unknown }) {
  const { texts, notify } = useApp();
  const { id, type, participantIds, inviteCode } = chat;
  const name = chatName(chat, texts);
  const copyInvite = async () => {
    const link = `${location.origin}/#join=${inviteCode}`;
    if (await copy(link)) notify((current) => current.inviteCopied);
    else await askForLine({ label: texts.copyYourself, texts, value: link, act: async () => undefined });
  };
  return (
    <header>
      <Button class="back" aria-label={texts.back} onPress={() => location.assign('#')}>
        ‹
      </Button>
      <Avatar id={id} name={name} />
      <div class="about">
        <h2>{name}</h2>
        <small>{type === 'direct' ? texts.directChat : texts.participants(participantIds.length)}</small>
      </div>
      {inviteCode !== undefined && <Button onPress={copyInvite}>{texts.invite(inviteCode)}</Button>}
      <Button onPress={onMeet}>{texts.meet}</Button>
    </header>
  );
}
