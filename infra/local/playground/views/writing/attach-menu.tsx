import { useId, useRef } from 'preact/hooks';
import type { OpenChat } from '../../state/open-chat.ts';
import { createMeeting } from '../chat/create-meeting.ts';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu } from '../parts/menus/menu.tsx';
import { useAddFiles } from './files/use-add-files.ts';

interface MenuProps {
  open: OpenChat;
  onAsk(): unknown;
  onSuggest(): unknown;
}

/** The button before the message box, and all that can be put into the chat besides text. */
export function AttachMenu({ open, onAsk, onSuggest }: MenuProps) {
  const app = useApp();
  const { texts } = app;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const add = useAddFiles(open);
  const choose = (accept: string) => {
    if (!input.current) return;
    input.current.accept = accept;
    input.current.click();
  };
  return (
    <>
      <button type="button" class="quiet" aria-label={texts.chat.add} title={texts.chat.add} popovertarget={id}>
        <Icon name="plus" />
      </button>
      <Menu id={id} isAbove>
        <Button onPress={() => choose('image/*,video/*')}>
          <Icon name="picture" />
          {texts.chat.photo}
        </Button>
        <Button onPress={() => choose('')}>
          <Icon name="file" />
          {texts.chat.file}
        </Button>
        <hr />
        <Button onPress={onAsk}>
          <Icon name="spark" />
          {texts.composer.ask}
        </Button>
        <Button onPress={onSuggest}>
          <Icon name="bulb" />
          {texts.composer.suggest}
        </Button>
        <hr />
        <Button onPress={() => createMeeting(app, open.chat.id)}>
          <Icon name="video" />
          {texts.chat.meet}
        </Button>
      </Menu>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          // So that the same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
