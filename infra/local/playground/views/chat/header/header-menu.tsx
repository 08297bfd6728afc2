import type { ChatStore } from '../../../state/chat-store.ts';
import { levelAt, notificationsFor } from '../../../state/list/muting.ts';
import { mayWrite } from '../../../state/open/writing-rules.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menus/menu.tsx';

interface MenuProps {
  id: string;
  open: OpenChat;
  store: ChatStore;
  onMeet(): unknown;
}

/** What one does with a chat most often; all there is about it is behind its title. */
export function HeaderMenu({ id, open, store, onMeet }: MenuProps) {
  const app = useApp();
  const { texts } = app;
  const { chat } = open;
  const muting = levelAt(chat, Date.now()) === 'all' ? 'forever' : 'off';
  const mute = () => app.attempt(() => store.setNotifications(chat.id, notificationsFor(muting, chat, new Date())));
  return (
    <Menu id={id}>
      {mayWrite(open) && (
        <Button onPress={onMeet}>
          <Icon name="video" />
          {texts.chat.meet}
        </Button>
      )}
      <Button onPress={mute}>
        <Icon name={muting === 'off' ? 'bell' : 'muted'} />
        {texts.home.mutings[muting]}
      </Button>
    </Menu>
  );
}
