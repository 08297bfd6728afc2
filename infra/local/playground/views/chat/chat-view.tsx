import { useCallback, useState } from 'preact/hooks';
import type { ChatStore } from '../../state/chat-store.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { useMessageInAddress, usePanel } from '../address.ts';
import { useApp } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { lazy } from '../parts/lazy.tsx';
import { ChatSearchPanel } from '../search/chat-search-panel.tsx';
import { useChatSearch } from '../search/use-chat-search.ts';
import { FileDrop } from '../writing/files/file-drop.tsx';
import { WritingPlace } from '../writing/writing-place.tsx';
import { MessageMenus } from './actions/message-menus.tsx';
import { createMeeting } from './create-meeting.ts';
import { ChatHeader } from './header/chat-header.tsx';
import { MessageList } from './message-list.tsx';
import { PinsBar } from './pins/pins-bar.tsx';
import { ChatState } from './place/chat-state.tsx';
import { FloatingDay } from './place/floating-day.tsx';
import { useKeyboardHeight } from './place/use-keyboard-height.ts';

const ChatInfo = lazy(async () => (await import('../info/chat-info.tsx')).ChatInfo);

/** The open chat. */
export function ChatView({ open, store }: { open: OpenChat; store: ChatStore }) {
  const app = useApp();
  const meet = useCallback(() => createMeeting(app, open.chat.id), [app, open]);

  const jump = useCallback((seq: number) => app.attempt(() => open.timeline.jump(seq)), [app, open]);
  useMessageInAddress(open);
  useKeyboardHeight();
  // Whether the text in the message box is a question to the assistant.
  const [isAsking, setAsking] = useState(false);
  const { search, ...shown } = useChatSearch(open);

  return (
    <>
      <FileDrop open={open}>
        <ChatHeader open={open} store={store} onMeet={meet}>
          <button
            ref={shown.button}
            type="button"
            class="opens-search"
            aria-label={app.texts.search.inChat}
            aria-expanded={shown.isShown}
            onClick={shown.toggle}
          >
            <Icon name="search" />
          </button>
        </ChatHeader>
        {shown.isShown ? (
          <ChatSearchPanel open={open} search={search} onJump={shown.jump} onClose={shown.close} />
        ) : (
          <PinsBar open={open} onJump={jump} />
        )}
        <MessageMenus open={open}>
          <FloatingDay open={open}>
            <MessageList open={open} app={app} onMeet={meet} onJump={jump} />
          </FloatingDay>
        </MessageMenus>
        <ChatState open={open} onAsk={() => setAsking(true)} />
        <WritingPlace open={open} store={store} isAsking={isAsking} onAsking={setAsking} />
      </FileDrop>
      {usePanel()?.startsWith('info') && (
        <ChatInfo open={open} store={store} onMeet={meet} onSearch={shown.show} onJump={jump} />
      )}
    </>
  );
}
