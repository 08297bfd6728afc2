import type { ChatStore } from '../../../state/chat-store.ts';
import { levelAt, notificationsFor } from '../../../state/list/muting.ts';
import { isLeading, mayWrite, rulesOf } from '../../../state/open/writing-rules.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { askForGroupPicture } from '../settings/group-picture.ts';
import { askForWriting } from '../settings/writing-dialog.tsx';
import { copyInvite } from './copy-invite.ts';

interface MenuProps {
  id: string;
  open: OpenChat;
  store: ChatStore;
  onMeet(): unknown;
}

/** What one does with a chat most often; all there is about it is behind its title. */
export function HeaderMenu({ id, open, store, onMeet }: MenuProps) {
  const app = useApp();
  const { api, texts } = app;
  const { chat } = open;
  const leadsGroup = chat.type === 'group' && isLeading(open);
  const muting = levelAt(chat, Date.now()) === 'all' ? 'forever' : 'off';
  const mute = () => app.attempt(() => store.setNotifications(chat.id, notificationsFor(muting, chat, new Date())));
  const setWriting = () =>
    askForWriting({ rules: rulesOf(open), texts, save: (rules) => api.chats.setWriting(chat.id, rules) });
  return (
    <Menu id={id}>
      {chat.inviteCode !== undefined && (
        <Button onPress={() => copyInvite(chat, app)}>
          <Icon name="link" />
          <span>
            {texts.copyInvite}
            <small>{texts.codeIs(chat.inviteCode)}</small>
          </span>
        </Button>
      )}
      {mayWrite(open) && (
        <Button onPress={onMeet}>
          <Icon name="video" />
          {texts.meet}
        </Button>
      )}
      <Button onPress={mute}>
        <Icon name={muting === 'off' ? 'bell' : 'muted'} />
        {texts.mutings[muting]}
      </Button>
      {leadsGroup && (
        <Button onPress={() => askForGroupPicture(chat, app)}>
          <Icon name="picture" />
          {texts.files.groupPicture}
        </Button>
      )}
      {leadsGroup && (
        <Button onPress={setWriting}>
          <Icon name="pencil" />
          {texts.whoWrites}
        </Button>
      )}
    </Menu>
  );
}
