import { useId, useState } from 'preact/hooks';
import type { ChatStore } from '../../state/chat-store.ts';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu } from '../parts/menu.tsx';
import { askForNotifications } from './push/notifications-dialog.tsx';

/** What concerns the user and all of their chats. */
export function UserMenu({ store, onPicture }: { store: ChatStore; onPicture(): unknown }) {
  const { api, texts, attempt } = useApp();
  const id = useId();
  const [showsLastSeen, setShowsLastSeen] = useState(true);
  const load = () => attempt(async () => setShowsLastSeen((await api.users.me()).user.showLastSeen !== false));
  const switchLastSeen = () =>
    attempt(async () => {
      const { user } = await api.users.updateMe({ showLastSeen: !showsLastSeen });
      setShowsLastSeen(user.showLastSeen !== false);
      void store.open?.details.presence.start();
    });
  const setNotifications = () =>
    attempt(async () => {
      const { pushPreview: preview = 'text' } = (await api.users.me()).user;
      void askForNotifications({ preview, api, texts });
    });
  return (
    <>
      <button type="button" class="quiet" popovertarget={id} aria-label={texts.settings}>
        <Icon name="more" />
      </button>
      <Menu id={id} onOpen={load}>
        <Button onPress={() => attempt(() => store.readAll())}>
          <Icon name="check" />
          {texts.readAll}
        </Button>
        <Button onPress={onPicture}>
          <Icon name="picture" />
          {texts.files.myPicture}
        </Button>
        <Button aria-pressed={showsLastSeen} onPress={switchLastSeen}>
          <Icon name={showsLastSeen ? 'eye' : 'hidden'} />
          <span>
            {texts.showLastSeen}
            <small>{texts.lastSeenHint}</small>
          </span>
        </Button>
        <Button onPress={setNotifications}>
          <Icon name="bell" />
          {texts.notifications}
        </Button>
      </Menu>
    </>
  );
}
